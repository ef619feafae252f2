"""Says when which briefing is due: rules, working days, time zones; no clock is read here."""
