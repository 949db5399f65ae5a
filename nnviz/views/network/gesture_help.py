"""What the help sheet says of pointer and keys in the network view: each gesture and its effect."""

GESTURES = (
    (
        "Click a neuron, an edge or an output",
        "Explains it in Why? and marks it in every panel.",
    ),
    ("Click again where edges cross", "Goes to the edge beneath, which can be dragged then."),
    ("Double-click a neuron", "Shows all of its edges, and again the usual ones."),
    (
        "Drag an edge up or down, or turn the wheel over it",
        "Changes its weight; Shift is ten times as fine.",
    ),
    (
        "Drag a neuron's rim up or down",
        "Changes its bias; Ctrl+↑ and Ctrl+↓ do it for what is selected.",
    ),
    ("Click or drag an input, where there is no picture", "Switches it, or slides its value."),
    (
        "Point above a layer or between two",
        "Offers − and + neurons, × and + layer, activations by the layer's name.",
    ),
    (
        "↑ ↓, Ctrl+← and Ctrl+→, and E",
        "Go from neuron to neuron, and along the weights; F2 edits one.",
    ),
    ("X, Shift+X", "Go to the next example, and to the one before."),
    (
        "Wheel, Ctrl and wheel, drag the ground",
        "Scroll a layer, magnify, move the enlarged picture; F shows all again.",
    ),
)
