"""The own texts of letters: which a partnership or a round has, and the page that edits one."""
