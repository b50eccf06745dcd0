# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "datetime": the calendar, and how dates and times are written and read.
import _stillroom

_DAYS_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FULL_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in_month(year, month):
    if month == 2:
        return 29 if _is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _to_ordinal(year, month, day):
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    return days + _DAYS_BEFORE[month] + (1 if month > 2 and _is_leap(year) else 0) + day


def _from_ordinal(ordinal):
    if ordinal < 1 or ordinal > 3652059:
        raise OverflowError("date value out of range")
    year = ordinal * 400 // 146097 + 1
    while _to_ordinal(year, 1, 1) > ordinal:
        year -= 1
    rest = ordinal - _to_ordinal(year, 1, 1)
    month = 12
    while _to_ordinal(year, month, 1) > ordinal:
        month -= 1
    return year, month, ordinal - _to_ordinal(year, month, 1) + 1


def _offset_text(offset, separator=":"):
    if offset is None:
        return ""
    sign = "+"
    if offset.days < 0:
        sign = "-"
        offset = -offset
    minutes, seconds = divmod(offset.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = "%s%02d%s%02d" % (sign, hours, separator, minutes)
    if seconds or offset.microseconds:
        text += "%s%02d" % (separator, seconds)
    if offset.microseconds:
        text += ".%06d" % offset.microseconds
    return text


def _iso_week(ordinal):
    """Year and week as ISO 8601 counts them: those of the week's Thursday."""
    thursday = ordinal - (ordinal + 6) % 7 + 3
    year = _from_ordinal(thursday)[0]
    return year, (thursday - _to_ordinal(year, 1, 1)) // 7 + 1


def _strftime(moment, layout, year, month, day, hour, minute, second, microsecond):
    ordinal = _to_ordinal(year, month, day)
    weekday = (ordinal + 6) % 7
    of_year = ordinal - _to_ordinal(year, 1, 1) + 1
    out = []
    index = 0
    while index < len(layout):
        char = layout[index]
        if char != "%" or index + 1 == len(layout):
            out.append(char)
            index += 1
            continue
        code = layout[index + 1]
        index += 2
        if code == "Y":
            out.append(str(year))
        elif code == "m":
            out.append("%02d" % month)
        elif code == "d":
            out.append("%02d" % day)
        elif code == "H":
            out.append("%02d" % hour)
        elif code == "M":
            out.append("%02d" % minute)
        elif code == "S":
            out.append("%02d" % second)
        elif code == "f":
            out.append("%06d" % microsecond)
        elif code == "y":
            out.append("%02d" % (year % 100))
        elif code == "j":
            out.append("%03d" % of_year)
        elif code == "I":
            out.append("%02d" % (hour % 12 or 12))
        elif code == "p":
            out.append("AM" if hour < 12 else "PM")
        elif code == "b":
            out.append(_MONTHS[month])
        elif code == "B":
            out.append(_FULL_MONTHS[month])
        elif code == "a":
            out.append(_DAYS[weekday])
        elif code == "A":
            out.append(_FULL_DAYS[weekday])
        elif code == "w":
            out.append(str((weekday + 1) % 7))
        elif code == "c":
            out.append("%s %s %2d %02d:%02d:%02d %d" % (_DAYS[weekday], _MONTHS[month], day, hour, minute, second, year))
        elif code in ("x", "D"):
            out.append("%02d/%02d/%02d" % (month, day, year % 100))
        elif code == "X":
            out.append("%02d:%02d:%02d" % (hour, minute, second))
        elif code == "e":
            out.append("%2d" % day)
        elif code == "h":
            out.append(_MONTHS[month])
        elif code == "R":
            out.append("%02d:%02d" % (hour, minute))
        elif code == "C":
            out.append("%02d" % (year // 100))
        elif code == "n":
            out.append("\n")
        elif code == "t":
            out.append("\t")
        elif code == "U":
            out.append("%02d" % ((of_year + 6 - (weekday + 1) % 7) // 7))
        elif code == "W":
            out.append("%02d" % ((of_year + 6 - weekday) // 7))
        elif code == "u":
            out.append(str(weekday + 1))
        elif code == "V":
            out.append("%02d" % _iso_week(ordinal)[1])
        elif code == "G":
            out.append(str(_iso_week(ordinal)[0]))
        elif code == "z":
            offset = moment.utcoffset() if hasattr(moment, "utcoffset") else None
            out.append(_offset_text(offset, "") if offset is not None else "")
        elif code == "Z":
            name = moment.tzname() if hasattr(moment, "tzname") else None
            out.append(name or "")
        elif code == "F":
            out.append("%d-%02d-%02d" % (year, month, day))
        elif code == "T":
            out.append("%02d:%02d:%02d" % (hour, minute, second))
        elif code == "s":
            out.append(str((ordinal - 719163) * 86400 + hour * 3600 + minute * 60 + second))
        elif code == "%":
            out.append("%")
        else:
            _stillroom.stop("the date format code %" + code + " is not known here")
    return "".join(out)


def _time_text(hour, minute, second, microsecond, timespec):
    if timespec == "auto":
        timespec = "microseconds" if microsecond else "seconds"
    if timespec == "hours":
        return "%02d" % hour
    text = "%02d:%02d" % (hour, minute)
    if timespec == "minutes":
        return text
    text += ":%02d" % second
    if timespec == "seconds":
        return text
    if timespec == "milliseconds":
        return text + ".%03d" % (microsecond // 1000)
    if timespec == "microseconds":
        return text + ".%06d" % microsecond
    raise ValueError("Unknown timespec value")


def _parse_time(text, whole):
    from datetime import UTC, timedelta, timezone

    zone = None
    wrong = ValueError("Invalid isoformat string: %r" % whole)
    for index, char in enumerate(text):
        if char in "+-Zz":
            tail = text[index:]
            text = text[:index]
            if tail in ("Z", "z"):
                zone = UTC
            else:
                digits = tail[1:].replace(":", "")
                if len(digits) < 4 or not digits[:4].isdigit():
                    raise wrong
                offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]), seconds=int(digits[4:6] or 0))
                zone = timezone(-offset if tail[0] == "-" else offset)
                if not offset:
                    zone = UTC
            break
    fraction = 0
    for mark in (".", ","):
        if mark in text:
            text, digits = text.split(mark)
            if not digits.isdigit():
                raise wrong
            fraction = int((digits + "000000")[:6])
    parts = text.split(":") if ":" in text else [text[i : i + 2] for i in range(0, len(text), 2)]
    if not 1 <= len(parts) <= 3 or any(len(part) != 2 or not part.isdigit() for part in parts):
        raise wrong
    parts = [int(part) for part in parts] + [0, 0]
    return parts[0], parts[1], parts[2], fraction, zone


def _strptime(text, layout):
    from datetime import UTC

    values = {"Y": 1900, "m": 1, "d": 1, "H": 0, "M": 0, "S": 0, "f": 0}
    zone = None
    afternoon = None
    index = 0
    at = 0
    wrong = ValueError("time data %r does not match format %r" % (text, layout))
    widths = {"Y": 4, "m": 2, "d": 2, "H": 2, "I": 2, "M": 2, "S": 2, "f": 6, "y": 2, "j": 3}
    while index < len(layout):
        char = layout[index]
        if char != "%":
            if char.isspace():
                while at < len(text) and text[at].isspace():
                    at += 1
            elif at < len(text) and text[at] == char:
                at += 1
            else:
                raise wrong
            index += 1
            continue
        code = layout[index + 1]
        index += 2
        if code in widths:
            end = at
            while end < len(text) and end - at < widths[code] and text[end].isdigit():
                end += 1
            if end == at:
                raise wrong
            digits = text[at:end]
            at = end
            if code == "f":
                values["f"] = int((digits + "000000")[:6])
            elif code == "y":
                values["Y"] = int(digits) + (2000 if int(digits) < 69 else 1900)
            elif code == "I":
                values["H"] = int(digits) % 12
            else:
                values[code] = int(digits)
        elif code in "bB":
            for number in range(12, 0, -1):
                for names in (_FULL_MONTHS, _MONTHS):
                    if text[at:].lower().startswith(names[number].lower()):
                        values["m"] = number
                        at += len(names[number])
                        break
                else:
                    continue
                break
            else:
                raise wrong
        elif code in "aA":
            names = [name for name in _FULL_DAYS + _DAYS if text[at:].lower().startswith(name.lower())]
            if not names:
                raise wrong
            at += len(names[0])
        elif code == "Z":
            names = [name for name in ("UTC", "GMT") if text[at:].upper().startswith(name)]
            if not names:
                _stillroom.stop("which time zones %Z reads depends on the machine")
            at += 3
        elif code == "p":
            afternoon = text[at : at + 2].upper() == "PM"
            at += 2
        elif code == "z":
            if text[at : at + 1] == "Z":
                zone = UTC
                at += 1
            else:
                end = at + 1
                while end < len(text) and text[end] in "0123456789:":
                    end += 1
                zone = _parse_time("00" + text[at:end], text)[4]
                at = end
        elif code == "%":
            if text[at : at + 1] != "%":
                raise wrong
            at += 1
        else:
            _stillroom.stop("the date format code %" + code + " is not known here")
    if at != len(text):
        raise ValueError("unconverted data remains: %s" % text[at:])
    if afternoon:
        values["H"] += 12
    if "j" in values:
        values["m"], values["d"] = _from_ordinal(_to_ordinal(values["Y"], 1, 1) + values["j"] - 1)[1:]
    return values["Y"], values["m"], values["d"], values["H"], values["M"], values["S"], values["f"], zone
