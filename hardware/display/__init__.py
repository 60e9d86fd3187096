"""What the customer looks at: pole displays of two lines, and the file a second screen reads."""
