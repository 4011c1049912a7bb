package question

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestConversations holds what follow-ups are completed to: the question that
// is shown, and the terms that it has from the conversation.
func TestConversations(t *testing.T) {
	const rudin = "The producer Scott Rudin called Angelina Jolie a spoiled brat."
	const pascal = "Amy Pascal was paid three million dollars a year."
	const rothman = "Tom Rothman took her place."
	const mandia = "Michael Lynton thanked Kevin Mandia of the security firm Mandiant."
	tests := []struct {
		name string
		say  string // the turns, one a line; behind | a quote of the answer
		want string // the last turn as it is shown
		old  string // its terms from the conversation
	}{
		// A question word alone asks the question before it again.
		{"why", "who hacked sony\nwhy?", "why was sony hacked?", "sony hacked"},
		{"when after yes or no", "did amy pascal resign\nwhen?", "when did amy pascal resign?", "amy pascal resign"},
		{"when after was", "was sony hacked\nand when was that", "when was that? (about: was sony hacked)", "sony hacked"},
		{"where after when", "when was the interview filmed\nand where?", "where was the interview filmed?", "interview filmed"},
		{"why after when", "when did sony cancel the interview?\nwhy?", "why did sony cancel the interview?", "sony cancel interview"},
		{"by who", "was sony hacked\nby who?", "by who was sony hacked?", "sony hacked"},
		{"by whom", "when was sony hacked\nby whom", "by whom was sony hacked?", "sony hacked"},
		{"who alone", "did somebody blame north korea\nwho?", "who? (about: did somebody blame north korea)", "blame north korea"},
		{"how much alone", "did they demand money\nhow much", "how much? (about: did they demand money)", "demand money"},
		{"why after what", "what did scott rudin write\nwhy", "why? (about: what did scott rudin write)", "scott rudin write"},
		{"why after an irregular verb", "who stole the emails\nwhy?", "why? (about: who stole the emails)", "stole emails"},
		{"why twice", "who hacked sony\nwhy?\nand how?", "how was sony hacked?", "sony hacked"},
		{"topic of a topic", "who stole the emails\nwhy?\nwhen?", "when? (about: who stole the emails)", "stole emails"},
		{"which country", "was sony hacked\nin which country", "in which country? (about: was sony hacked)", "sony hacked"},

		// 'What about X' asks the question before it of X.
		{"another film", "how much did annie earn\nwhat about fury?", "how much did fury earn?", "earn"},
		{"article goes", "how much did the interview earn\nwhat about annie", "how much did annie earn?", "earn"},
		{"article comes", "what did sony say\nand the fbi?", "what did the fbi say?", "say"},
		{"another boss", "is michael lynton still ceo\nwhat about pascal", "is pascal still ceo?", "still ceo"},
		{"same kind of name", "did sony fire michael lynton\nwhat about tom rothman?", "did sony fire tom rothman?", "sony fire"},
		{"same kind of place", "was annie shown in china\nand japan?", "was annie shown in japan?", "annie shown"},
		{"place with its preposition", "was annie shown in china\nand in japan?", "was annie shown in japan?", "annie shown"},
		{"place added", "how much did annie earn\nand in japan?", "how much did annie earn in japan?", "annie earn"},
		{"noun for a name", "what did the president say\nand the fbi?", "what did the fbi say?", "say"},
		{"noun for a noun", "how many emails were leaked\nand documents?", "how many documents were leaked?", "leaked"},
		{"day", "what happened on 24 november\nand on 5 february?", "what happened on 5 february?", "happened"},
		{"no day before", "was annie shown in china\nand in 2015?", "was annie shown in china in 2015?", "annie shown china"},
		{"office behind a name", "what did the fbi director say\nwhat about obama", "what did obama say?", "say"},
		{"how about", "who stars in annie\nhow about fury", "who stars in fury?", "stars"},
		{"in a chain", "how much did annie earn\nwhat about fury?\nand the interview?", "how much did the interview earn?", "earn"},
		{"a name of the answer", "who called angelina jolie a spoiled brat|" + rudin + "\nwhat about amy pascal", "who called amy pascal a spoiled brat?", "called spoiled brat"},

		// A pronoun stands for a person of its sex.
		{"she", "did amy pascal resign\nhow much was she paid", "how much was amy pascal paid?", "amy pascal"},
		{"not the man of the answer", "did amy pascal resign\nwho took her job|" + rothman + "\nhow much was she paid", "how much was amy pascal paid?", "amy pascal"},
		{"the man of the answer", "did amy pascal resign\nwho took her job|" + rothman + "\nis he still there", "is Tom Rothman still there?", "tom rothman"},
		{"who somebody is", "who is zorgon\ndid she resign", "did zorgon resign?", "zorgon"},
		{"possessive", "did amy pascal resign\nwho took her job", "who took amy pascal's job?", "amy pascal"},
		{"object", "when did amy pascal leave\nwho replaced her", "who replaced amy pascal?", "amy pascal"},
		{"who is", "who is kevin mandia|" + mandia + "\nwhat did he say", "what did kevin mandia say?", "kevin mandia"},
		{"who called", "who called angelina jolie a spoiled brat|" + rudin + "\ndid he apologise", "did Scott Rudin apologise?", "scott rudin"},
		{"surname of a woman", "who called angelina jolie a spoiled brat|" + rudin + "\nwhat did she say", "what did angelina jolie say?", "angelina jolie"},
		{"topic does not drown", "who is scott rudin\nwhat did he call jolie|" + rudin + "\ndid he apologise", "did scott rudin apologise?", "scott rudin"},
		{"surname made whole", "how much was pascal paid|" + pascal + "\nwhen did she leave", "when did Amy Pascal leave?", "amy pascal"},
		{"asked about, not of the answer", "is kim jong un in the interview|Randall Park played him, said Mr. Park.\ndoes he die", "does kim jong un die?", "kim jong un"},
		{"her successor", "who is amy pascal\nand her successor?", "who is amy pascal's successor?", "amy pascal"},
		{"full name for a full name", "what did jennifer lawrence earn\nand christian bale?", "what did christian bale earn?", "earn"},
		{"first pronoun only", "who is amy pascal\ndid she say she was sorry", "did amy pascal say she was sorry?", "amy pascal"},
		{"whom the question names", "who charged park jin hyok|Prosecutors charged Park Jin Hyok, and later Jon Chang Hyok and Kim Il.\nwhere does he live", "where does Park Jin Hyok live?", "park jin hyok"},
		{"title tells", "who runs it|Mr. Zorgon runs it, said Ms. Quux.\nwhat did she say", "what did Quux say?", "quux"},
		{"pronoun near the name tells", "who left sony|Zibby Zorgon lost her job.\nwhen did she leave", "when did Zibby Zorgon leave?", "zibby zorgon"},
		{"nobody of that sex", "who is tom rothman\nwhen did she leave sony", "when did she leave sony", ""},

		// It and that stand for a thing, or for what happened.
		{"film", "how much did the interview cost\nand how much did it make", "how much did the interview make?", "interview"},
		{"thing, not the person", "did amy pascal like the interview\nwho stars in it", "who stars in the interview?", "interview"},
		{"its", "who wrote the interview\nwhat is its plot", "what is the interview's plot?", "interview"},
		{"it happened", "who hacked sony\nwhen did it happen", "when did it happen? (about: who hacked sony)", "hacked sony"},
		{"that", "who hacked sony\nhow much did that cost them", "how much did that cost them? (about: who hacked sony)", "hacked sony"},
		{"chain of four", "who hacked sony\nwhy?\nhow much did that cost them\nwhen?", "when? (about: how much did that cost them, why was sony hacked)", "cost sony hacked"},
		{"they", "who hacked sony\nwhat did they want", "what did they want? (about: sony)", "sony"},
		{"subject", "did the lawyers of sony win\nwhat did they say", "what did they say? (about: lawyers, sony)", "lawyers sony"},
		{"what they asked for", "what was the malware called at dell\nwhich of its files does the damage", "which of its files does the damage? (about: malware, dell)", "malware dell"},

		{"they came out", "which films leaked\nwhen did they come out", "when did they come out? (about: which films leaked)", "films leaked"},
		{"it came out", "who stars in the interview\nwhen did it come out", "when did the interview come out?", "interview"},
		{"it went online", "who wrote the interview\nwhen did it go online", "when did the interview go online?", "interview"},
		{"how it went", "who hacked sony\nhow did it go", "how did it go? (about: who hacked sony)", "hacked sony"},
		{"it took place", "who hacked sony\nwhen did it take place", "when did it take place? (about: who hacked sony)", "hacked sony"},
		{"made it", "what is destover\nwho made it", "who made destover?", "destover"},
		{"noun behind a name", "what was the sony password they found\nwas it ever encrypted", "was it ever encrypted? (about: sony password)", "sony password"},
		{"their", "when did the hackers break in\nhow long were they inside", "how long were they inside? (about: hackers)", "hackers"},
		{"who is another", "who is michael lynton\nand amy pascal?", "who is amy pascal?", ""},

		// What is complete stays as it was typed.
		{"and with its own name", "which films leaked\nand who stars in annie", "who stars in annie", ""},
		{"and with its own name and verb", "who hacked sony\nbut when did amy pascal leave?", "when did amy pascal leave?", ""},
		{"name of its own", "who is scott rudin\nwhat is wikileaks", "what is wikileaks", ""},
		{"whole question", "who is scott rudin\nhow many emails did wikileaks publish?", "how many emails did wikileaks publish?", ""},
		{"pronoun with its name", "who is scott rudin\nwhy did amy pascal say she was sorry", "why did amy pascal say she was sorry", ""},
		{"nothing before", "when?", "when?", ""},
		// What the corpus does not know is asked instead, or for itself.
		{"unknown for a name", "who hacked sony\nand titanic?", "who hacked titanic?", "hacked"},
		{"unknown without a place", "who else was charged\nwhat about elon musk", "what about elon musk", ""},
	}
	p := New(vocabulary(studio))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var m Memory
			var q, own *Question
			for i, line := range strings.Split(tt.say, "\n") {
				text, quote, _ := strings.Cut(line, "|")
				own = p.Parse(text)
				now := noon.Add(time.Duration(i) * time.Minute)
				q = m.Complete(p, "a", own, now)
				m.Record("a", q, now, quote)
			}
			var old []string
			for _, x := range q.Terms[len(q.Terms)-q.Inherited:] {
				old = append(old, x.Word)
				if x.Weight >= 1 {
					t.Errorf("the term %q from before has weight %v", x.Word, x.Weight)
				}
			}
			if got := strings.Join(old, " "); q.Plain != tt.want || got != tt.old {
				t.Errorf("%q\nis shown as %q with %q,\nwant        %q with %q", tt.say, q.Plain, got, tt.want, tt.old)
			}
			if q.Plain == own.Plain && q != own {
				t.Error("it stands alone and was changed")
			}
			if q == own {
				return
			}
			if again := p.Again(own, q.Understood()); !reflect.DeepEqual(again, q) {
				t.Errorf("understood as %q again it is\n%+v, not\n%+v", q.Understood(), again, q)
			}
			if typed := p.Parse(q.Understood()); termsOf(typed) != termsOf(q) {
				t.Errorf("%q typed asks %q, want %q", q.Understood(), termsOf(typed), termsOf(q))
			}
		})
	}
}

func termsOf(q *Question) string {
	var all []string
	for _, t := range q.Terms {
		all = append(all, t.Stem)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// TestAfter leans on one question and its answer, whatever was asked since.
func TestAfter(t *testing.T) {
	p := New(vocabulary(studio))
	const rudin = "The producer Scott Rudin called Angelina Jolie a spoiled brat."
	for _, tt := range []struct{ before, quote, text, want string }{
		{"who hacked sony?", "", "why?", "why was sony hacked?"},
		{"why was sony hacked?", "", "and how?", "how was sony hacked?"},
		{"when? (about: who stole the emails)", "", "why?", "why? (about: who stole the emails)"},
		{"when? (about: how much did that cost them, why was sony hacked)", "", "where?", "where? (about: how much did that cost them, why was sony hacked)"},
		{"who called angelina jolie a spoiled brat?", rudin, "did he apologise?", "did Scott Rudin apologise?"},
		{"who stars in annie", "", "what about fury?", "who stars in fury?"},
		{"who stars in annie", "", "who hacked sony?", ""},
		{"what? (about: )", "", "why?", "why? (about: what? (about)"},
		{" ", "", "why?", ""},
	} {
		q := p.After(p.Parse(tt.text), tt.before, tt.quote)
		if got := q.Understood(); got != tt.want {
			t.Errorf("after %q, %q is understood as %q, want %q", tt.before, tt.text, got, tt.want)
		}
		if again := p.Again(p.Parse(tt.text), q.Understood()); !reflect.DeepEqual(again, q) {
			t.Errorf("%q again is %+v, not %+v", tt.text, again, q)
		}
	}
}
