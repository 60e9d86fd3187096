"""One screen a file; where one does much, each thing it does is a class of its own, and they form a chain.

Begin with `frame`: how a screen is written. Below it `asking` says and asks, `working` runs what takes a
while. Above it `booking` has services do things and asks for a supervisor's leave; `place` is a mode behind
the till, `listplace` one with a list, `finding` one whose list is searched; `dialogue` is a question in the
right-hand pane, and `prompts` has the usual ones.

The chains, the whole screen first. What a command does is "do_" and its id in one of these files:

- till: `till`, `selling`, `parking`, `paying`, `lines`, `adding`
- taking the money: `tender`, `taking`, `settling`, `finishing`, `outside`; then `change`, `receiptout`
- a reader or a code: `reader`, `payment`
- shift: `shift`, `cashmoves`, `closing`
- goods that come back: `refund`, `moneyback`
- reports: `reports`, `reportenergy`, `reportout`
- quick-lists: `lists`, `keyedit`, `listmenu`
- a product: `product`, `productfields`
- what waits: `queue`, `straymoney`
- orders at the counter: `orders`, `finding`, `handing`
- staff at the cabinet: `boxes` or `drops`, `looking`, `depositing`, `staffing`
- the locker's own screen: `locker`, `lockeracts`, `visiting`
- power: `power` or `whatif`, `powerlook`
"""
