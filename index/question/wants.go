package question

import "strings"

// wants tells what kinds of things answer a question of a type.
func wants(q *Question) Kinds {
	var k Kinds
	switch q.Type {
	case Who:
		k = Person | Name
	case When:
		k = Date | Clock
	case Where:
		k = Place | Name
	case HowMany:
		if q.Wants == 0 {
			k = Number
		}
	case HowMuch:
		k = Money
	case Why:
		k = Reason
	}
	if q.List {
		k |= Name | Several
	}
	return k
}

// plural reports whether a noun names several things.
func plural(w string) bool {
	switch w {
	case "people", "men", "women", "children", "media":
		return true
	case "news", "series", "virus", "boss", "business", "access", "press", "process", "crisis", "address", "bus":
		return false
	}
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is")
}
