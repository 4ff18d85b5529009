"""The communication kit: the same facts as news, newsletter, posts, e-mail, poster and picture."""
