"""Tables of figures, for a terminal or for a Markdown page."""


class Text:
    """Columns under each other."""

    def heading(self, text):
        print(f"\n{text}")

    def note(self, text):
        print(f"  {text}")

    def table(self, header, rows):
        rows = [header] + rows
        widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
        for row in rows:
            cells = [row[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
            print("  " + "  ".join(cells).rstrip())


class Markdown:
    def heading(self, text):
        print(f"\n**{text}**\n")

    def note(self, text):
        print(f"- {text}")

    def table(self, header, rows):
        align = ["---"] + ["---:"] * (len(header) - 1)
        for row in [header, align] + rows:
            print("| " + " | ".join(row) + " |")
