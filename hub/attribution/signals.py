"""What attribution announces."""

from blinker import signal

credit_agreed = signal("attribution.credit-agreed")  # sender: Contribution
credit_withdrawn = signal("attribution.credit-withdrawn")  # sender: Contribution, removed or agreed no more
reading_confirmed = signal("attribution.reading-confirmed")  # sender: ReadReceipt
