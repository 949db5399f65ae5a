"""The entries of the data menu, those of folded groups among them."""


def entries_of(menu):
    """Return the actions of a menu by their texts."""
    own = ("train_on", "targets")
    folded = [a.menu() for a in menu.actions() if a.menu() and a.menu().objectName() not in own]
    inside = [action for group in folded for action in group.actions()]
    return {action.text(): action for action in (*menu.actions(), *inside)}
