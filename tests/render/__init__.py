"""Each renderer prints what the model holds."""
