"""Words that say something of numbers, and whether they are true of them: 提高, 首位, 近四分之三, most, nearly half."""
