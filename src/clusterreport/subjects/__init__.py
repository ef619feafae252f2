"""What is said of one subject, which no other room knows anything of."""
