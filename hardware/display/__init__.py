"""What the customer looks at: pole displays of two lines, and the feed of a second screen."""
