"""What a hand or an eye meets on the counter: buttons, lights, a buzzer, the drawer's sensor."""
