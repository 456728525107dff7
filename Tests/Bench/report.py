"""The figures as tables, for a terminal or for a Markdown page."""

from race import median, middle_half


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


def write(form, race, facts, printing, notes):
    if race.contenders:
        form.heading("A pod of two containers: from `create` to running, and away again")
        form.table(["", "up", "middle half", "ratio", "down", "middle half", "ratio"], times(race))
    for aside in race.asides:
        form.heading(aside.title)
        form.table(["", "time"], [
            [name, f"{median(values):.1f} ms"] for name, values in aside.times.items()])
    if facts:
        form.heading("What podshim weighs")
        form.table(["", "figure"], [list(fact) for fact in facts])
    if printing:
        form.heading("What a container prints, on its way into the log")
        form.table(
            ["", "lines a second", "ratio", "processor", "RssAnon", "RSS"], streams(printing))
    form.heading("How it was measured")
    for note in notes:
        form.note(note)


def times(race):
    """A row for each contender. Ratios are against the script of the same runtime."""
    baselines = {
        contender.world.runtime: race.times[contender.name]
        for contender in race.contenders if contender.baseline
    }
    rows = []
    for contender in race.contenders:
        row = [contender.name]
        for way in ("up", "down"):
            values = race.times[contender.name][way]
            low, high = middle_half(values)
            ratio = median(values) / median(baselines[contender.world.runtime][way])
            row += [f"{median(values):.1f} ms", f"{low:.1f}–{high:.1f}", f"{ratio:.2f}"]
        rows.append(row)
    return rows


def streams(printing):
    """A row for each stream and logger. Ratios are against the last logger."""
    rows = []
    for (stream, logger), rounds in printing.figures.items():
        rate, seconds, private, whole = (median(values) for values in zip(*rounds))
        last = printing.figures[stream, printing.loggers[-1].name]
        ratio = rate / median([figures[0] for figures in last])
        rows.append([
            f"{stream}, {logger}", f"{rate / 1e6:.2f} million", f"{ratio:.2f}",
            f"{seconds:.2f} s", f"{private:.0f} kB", f"{whole:.0f} kB"])
    return rows
