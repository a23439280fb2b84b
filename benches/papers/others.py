"""WeasyPrint and LibreOffice on the files that `papers` left, the peak memory of every tool, and the table."""

import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

program, root, out = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
RUNS = 5


def child(command, runs):
    """Median of processor and clock time in milliseconds, and the largest peak memory in MiB, each as a process."""
    busy, clock, peak = [], [], 0
    for _ in range(runs):
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        clock.append((time.monotonic() - began) * 1e3)
        busy.append((usage.ru_utime + usage.ru_stime) * 1e3)
        peak = max(peak, usage.ru_maxrss)
        if status != 0:
            raise SystemExit(f"{command[0]} is niet gelukt")
    return statistics.median(busy), statistics.median(clock), peak / 1024


def weasyprint():
    """In a warm process, as a service would keep it."""
    from weasyprint import HTML

    page = out / "besluit.html"
    target = out / "weasyprint.pdf"
    make = lambda: HTML(filename=str(page)).write_pdf(str(target), pdf_variant="pdf/ua-1")
    make()
    busy, clock = [], []
    for _ in range(RUNS):
        began, before = time.monotonic(), time.process_time()
        make()
        busy.append((time.process_time() - before) * 1e3)
        clock.append((time.monotonic() - began) * 1e3)
    return statistics.median(busy), statistics.median(clock), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pages(path):
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    fields = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    return int(fields["Pages"]), fields.get("Tagged", "no").strip() == "yes"


rows = []
for line in (out / "tijden.tsv").read_text().splitlines():
    name, what, busy, clock, _ = line.split("\t")
    _, _, peak = child([program, root, str(out), "only", name], 1)
    rows.append((name, what, float(busy), float(clock), peak))
rows.append(("weasyprint", "WeasyPrint uit onze HTML, proces warm", *weasyprint()))
profile = out / "libreoffice"
office = [
    "soffice", "--headless", f"-env:UserInstallation=file://{profile.resolve()}", "--convert-to", "pdf:writer_pdf_Export",
    "--outdir", str(out / "office"), str(out / "besluit.docx"),
]
child(office, 1)
rows.append(("libreoffice", "LibreOffice uit onze DOCX, als proces", *child(office, RUNS)))
shutil.copy(out / "office" / "besluit.pdf", out / "libreoffice.pdf")

ours = next(row for row in rows if row[0] == "ons")
floor = next(row for row in rows if row[0] == "vloer")
dutch = lambda number, digits: f"{number:,.{digits}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
print("| Gereedschap | Processortijd | Op de klok | Tegenover ons | Bestand | Geheugen, hoogste | Bladen, gelabeld |")
print("|---|---|---|---|---|---|---|")
for name, what, busy, clock, peak in rows:
    file = out / f"{name}.pdf"
    count, tagged = pages(file)
    print(
        f"| {what} | {dutch(busy, 1)} ms | {dutch(clock, 1)} ms | {dutch(busy / ours[2], 2)} × | "
        f"{dutch(file.stat().st_size / 1024, 0)} kB | {dutch(peak, 0)} MiB | {count}, {'ja' if tagged else 'nee'} |"
    )
print(f"\nOns tegenover de vloer: {dutch(ours[2] / floor[2], 2)} maal.")
