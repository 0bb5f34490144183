"""The sandbox's page: a workspace in the browser, drawn from the workspace's own state.

Start reading at `serving`, then `tab` (one browser tab), `messages` and `blocks` (what things look like). Text becomes
HTML only through `html.tag`. The page tells the workspace what somebody did by calling `People`, and nothing else.
"""
