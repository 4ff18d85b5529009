"""The reminder plan of a round: the rules, what the coordinator changes of them, what has gone."""
