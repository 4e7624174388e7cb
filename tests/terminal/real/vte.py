"""A window with a VTE terminal and nothing else: what GNOME Terminal, Xfce Terminal and others are built around.

python -m tests.terminal.real.vte COLUMNS ROWS FONT COMMAND [ARGUMENT ...]
"""

from __future__ import annotations

import sys
from ctypes import CDLL, CFUNCTYPE, POINTER, c_char_p, c_int, c_long, c_void_p


NO_PADDING = b"vte-terminal { padding: 0; }"
ABOVE_ALL = 800
"""GTK_STYLE_PROVIDER_PRIORITY_USER."""


def main() -> None:
    """Open the window, run the command in it, and end with it."""
    columns, rows, font, *command = sys.argv[1:]
    gtk, vte = CDLL("libgtk-3.so.0"), CDLL("libvte-2.91.so.0")
    for function in (gtk.gtk_window_new, vte.vte_terminal_new, gtk.gtk_css_provider_new):
        function.restype = c_void_p
    gtk.gdk_screen_get_default.restype = gtk.pango_font_description_from_string.restype = c_void_p
    gtk.gtk_init(None, None)

    style = c_void_p(gtk.gtk_css_provider_new())
    gtk.gtk_css_provider_load_from_data(style, NO_PADDING, c_long(-1), None)
    gtk.gtk_style_context_add_provider_for_screen(c_void_p(gtk.gdk_screen_get_default()), style, ABOVE_ALL)

    terminal = c_void_p(vte.vte_terminal_new())
    vte.vte_terminal_set_font(terminal, c_void_p(gtk.pango_font_description_from_string(font.encode())))
    vte.vte_terminal_set_size(terminal, c_long(int(columns)), c_long(int(rows)))
    vte.vte_terminal_set_cursor_blink_mode(terminal, 2)  # never
    window = c_void_p(gtk.gtk_window_new(0))
    gtk.gtk_container_add(window, terminal)
    gtk.gtk_widget_show_all(window)
    gtk.gtk_window_move(window, 0, 0)

    leave = CFUNCTYPE(None, c_void_p, c_int, c_void_p)(lambda *_: gtk.gtk_main_quit())
    gtk.g_signal_connect_data(terminal, b"child-exited", leave, None, None, 0)
    words = (c_char_p * (len(command) + 1))(*(word.encode() for word in command), None)
    vte.vte_terminal_spawn_sync.argtypes = [
        c_void_p, c_int, c_char_p, POINTER(c_char_p), c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p
    ]  # fmt: skip
    search_path = 1 << 2
    if not vte.vte_terminal_spawn_sync(terminal, 0, None, words, None, search_path, *[None] * 5):
        sys.exit(f"could not start {command}")
    gtk.gtk_main()


if __name__ == "__main__":
    main()
