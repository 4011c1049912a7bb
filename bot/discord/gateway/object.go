package gateway

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// An object is a JSON object whose members are read one by one. One that is
// missing, or in another shape than expected, is as good as empty and costs
// nothing but itself. The nil object has no members.
type object map[string]json.RawMessage

// readObject reads an object; nil where there is none.
func readObject(b []byte) object {
	var o object
	if json.Unmarshal(b, &o) != nil {
		return nil
	}
	return o
}

func (o object) object(name string) object { return readObject(o[name]) }

// objects are the objects in a list.
func (o object) objects(name string) []object {
	var found []object
	for _, raw := range o.list(name) {
		if e := readObject(raw); e != nil {
			found = append(found, e)
		}
	}
	return found
}

func (o object) list(name string) []json.RawMessage {
	var all []json.RawMessage
	if json.Unmarshal(o[name], &all) != nil {
		return nil
	}
	return all
}

// text reads a text, or the digits of a number: ids are sent as both.
func (o object) text(name string) string { return textOf(o[name]) }

func textOf(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	switch c := raw[0]; {
	case c == '"':
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return ""
		}
		return s
	case c == '-', '0' <= c && c <= '9':
		return string(raw)
	}
	return ""
}

// id reads one of Discord's ids; "" for what is none. Ids become part of addresses.
func (o object) id(name string) string { return idOf(o[name]) }

func idOf(raw json.RawMessage) string {
	s := textOf(raw)
	if _, err := strconv.ParseUint(s, 10, 64); err != nil {
		return ""
	}
	return s
}

// ids are the ids in a list.
func (o object) ids(name string) []string {
	var found []string
	for _, raw := range o.list(name) {
		if id := idOf(raw); id != "" {
			found = append(found, id)
		}
	}
	return found
}

// whole reads a whole number, however it is written.
func (o object) whole(name string) (n int64, ok bool) {
	s := o.text(name)
	n, err := strconv.ParseInt(s, 10, 64)
	if err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < -1<<53 || f > 1<<53 {
		return 0, false
	}
	return int64(f), true
}

// number is whole with 0 for what is none.
func (o object) number(name string) int64 {
	n, _ := o.whole(name)
	return n
}

func (o object) yes(name string) bool {
	s := string(o[name])
	return s == "true" || s == `"true"` || s == "1"
}

// moment reads a time, in the ways that times are written.
func (o object) moment(name string) (at time.Time, ok bool) {
	s := strings.TrimSpace(o.text(name))
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, true
		}
	}
	switch n, ok := o.whole(name); {
	case !ok || n <= 0:
		return time.Time{}, false
	case n < 1<<33: // seconds
		return time.Unix(n, 0), true
	default:
		return time.UnixMilli(n), true
	}
}
