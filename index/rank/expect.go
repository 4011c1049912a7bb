package rank

import (
	"dossier/index/question"
)

// An asks is what sort of answer a question asks for.
type asks uint8

const (
	askOther asks = iota
	askPerson
	askDate
	askNumber
	askMoney
	askPlace
	askReason
	askManner
	askYesNo
	askThing // what or which
)

// expect notes what sort of answer q asks for.
func (x *query) expect(q *question.Question) {
	x.ask = asksFor(q)
	var kinds []kind
	switch x.ask {
	case askPerson:
		kinds = []kind{kindPerson, kindName}
	case askDate:
		kinds = []kind{kindDate}
	case askNumber:
		kinds = []kind{kindNumber, kindPercent, kindMoney, kindMeasure}
	case askMoney:
		kinds = []kind{kindMoney, kindNumber, kindPercent, kindMeasure}
	case askPlace:
		kinds = []kind{kindPlace, kindName}
	case askReason:
		kinds = []kind{kindReason}
	case askManner:
		kinds = []kind{kindMethod}
	default:
		x.open = true
	}
	for _, k := range kinds {
		x.accept[k] = true
	}
	x.percent = q.Wants.Has(question.Percent)
	x.money = q.Wants.Has(question.Money)
	x.defines = q.Type == question.What && q.Focus == "" && len(q.Terms) < 4
	for _, t := range q.Terms {
		x.naming = x.naming || naming[t.Word]
	}
}

// asksFor brings what a question wants down to one sort.
func asksFor(q *question.Question) asks {
	switch w := q.Wants; {
	case w.Has(question.Person):
		return askPerson
	case w.Has(question.Date | question.Clock):
		return askDate
	case w.Has(question.Place):
		return askPlace
	case w.Has(question.Money):
		return askMoney
	case w.Has(question.Number | question.Percent | question.Duration):
		return askNumber
	case w.Has(question.Reason):
		return askReason
	case w.Has(question.Manner) || q.Type == question.How:
		return askManner
	}
	switch q.Type {
	case question.Who:
		return askPerson
	case question.YesNo:
		return askYesNo
	case question.Which, question.What:
		return askThing
	}
	return askOther
}
