package discord

import (
	"slices"
	"strconv"
	"strings"
)

// A follow is what a reply to an answer asks for, where it is no question to the
// articles.
type follow struct {
	kind   followKind
	number int // of followNumber, from 1
}

type followKind int

const (
	noFollow      followKind = iota
	followSources            // "source?"
	followMore               // "more"
	followDoubt              // "really?", "wrong"
	followPuzzled            // "what?"
	followNumber             // "2"
	followThanks             // "thx"
	followOther              // "can you answer that?", of the message that is replied to
)

// followOf tells what a reply asks for. It looks at the whole of it: "more" asks for
// more, "more films" is a question.
func followOf(text string) follow {
	var said []string
	thanks := false
	for _, w := range wordsOf(text) {
		thanks = thanks || thanking[w]
		if !polite[w] {
			said = append(said, w)
		}
	}
	whole := strings.Join(said, " ")
	if n, err := strconv.Atoi(whole); err == nil && n > 0 && n < 10 {
		return follow{followNumber, n}
	}
	kind := follows[whole]
	if kind == noFollow { // "can I get a source", "do you have more"
		said = slices.DeleteFunc(said, func(w string) bool { return fillers[w] })
		if k := follows[strings.Join(said, " ")]; k == followSources || k == followMore {
			kind = k
		}
	}
	switch chat := intentOf(text) == chatter; {
	case thanks && chat:
		return follow{kind: followThanks}
	case chat && kind == followDoubt: // "no way", without a question mark
		return follow{}
	}
	return follow{kind: kind}
}

var (
	// polite are words that change nothing of what a reply asks for.
	polite = words(`please pls plz bot hey ok okay and but so um uh number nr nummer número numéro numero bitte und aber por favor
		svp et y pero e 番 ください 番目 번`)

	// fillers are words around what is asked for, where that is a source or more: without
	// them none of the 19 such replies of TestFollowOf would be understood. List and
	// replies were written together, so that this does not say how others fare.
	fillers = words(`a an the any some that this it for of me i u you your do does have has got get give gimme show send see can could may
		where is are s there with also
		eine einen die den da dafür davon mir ich du deine hast gib gibt es kann zeig wo ist sind noch
		une des la les le moi tu as un una unos las los dame me tienes hay alguna alguma uma umas os as tem tens há`)

	// thanking are words that thank.
	thanking = words(`thanks thank thx thanx ty tysm danke dankeschön dank merci gracias obrigado obrigada valeu
		ありがとう ありがとうございます どうも 감사합니다 감사해요 고마워 고마워요 고맙습니다`)
)

// follows are the replies in the bot's languages, without marks and polite words. The
// index cannot tell them: it reads English only, and knows nothing of answers.
var follows = func() map[string]followKind {
	all := map[string]followKind{}
	for kind, lists := range map[followKind]string{
		followSources: `source|sources|wheres the source|what s your source|whats your source|what source|which source|what is the source|what s the source|
whats the source|what is your source|where is that from|where is this from|where s that from|wheres that from|
where did you get that|says who|who says|who says that|who says so|according to who|cite|citation|citations|citation needed|link|links|proof|evidence|prove it|
how do you know|how do you know that|
quelle|quellen|welche quelle|woher hast du das|woher weißt du das|woher kommt das|wer sagt das|beleg|belege|beweis|
la source|les sources|quelle source|quelle est la source|tes sources|d où ça vient|ça vient d où|qui dit ça|preuve|preuves|lien|
fuente|fuentes|la fuente|qué fuente|cuál es la fuente|de dónde sale eso|de dónde sacas eso|quién lo dice|prueba|pruebas|
fonte|fontes|a fonte|qual fonte|qual a fonte|qual é a fonte|de onde tirou isso|quem disse isso|prova|provas|
ソース|ソースは|出典|出典は|出典はどこ|情報源は|根拠は|출처|출처는|출처가 어디야|출처가 뭐야|근거는|소스`,
		followMore: `more|tell me more|more about that|more info|anything else|what else|go on|continue|keep going|any more|next|show more|show me more|
mehr|mehr dazu|noch mehr|weiter|was noch|sonst noch was|erzähl mehr|plus|encore|en savoir plus|dis m en plus|quoi d autre|autre chose|la suite|
más|mas|algo más|qué más|sigue|cuéntame más|mais|mais alguma coisa|o que mais|continua|conte mais|
もっと|もっと教えて|もっと見せて|続き|続きは|他には|ほかには|더|더 알려줘|더 보여줘|계속|또`,
		followDoubt: `really|oh really|rly|for real|are you sure|r u sure|you sure|u sure|sure|are you sure about that|are you certain|is that true|is this true|is it true|true|is that right|
wrong|that s wrong|thats wrong|that is wrong|you re wrong|youre wrong|you are wrong|not true|that s not true|thats not true|that is not true|false|incorrect|
that s not right|that is not right|that s incorrect|i doubt it|i doubt that|i don t believe it|i don t believe that|seriously|srsly|no way|cap|fake|fake news|bullshit|bs|lies|nope|no|
wirklich|echt|sicher|bist du sicher|bist du dir sicher|ist das wahr|stimmt das|ist das sicher|falsch|das ist falsch|das stimmt nicht|stimmt nicht|im ernst|ernsthaft|
vraiment|c est vrai|tu es sûr|t es sûr|sûr|c est sûr|faux|c est faux|sérieux|sérieusement|
de verdad|en serio|estás seguro|estas seguro|seguro|es verdad|es cierto|falso|eso es falso|incorrecto|mentira|no es verdad|
sério|é sério|tem certeza|certeza|é verdade|verdade|errado|está errado|isso está errado|
本当|本当に|本当ですか|ほんと|ほんとに|マジ|まじ|確か|確かですか|間違い|間違ってる|違う|嘘|うそ|정말|정말요|진짜|진짜요|확실해|확실해요|사실이야|틀렸어|틀렸어요|거짓말`,
		followPuzzled: `what|huh|wut|wat|eh|hm|hmm|what do you mean|what does that mean|what does this mean|meaning|explain|explain that|explain this|i don t understand|i dont understand|
i don t get it|i dont get it|context|in context|
hä|wie bitte|was|was meinst du|was heißt das|was bedeutet das|das verstehe ich nicht|verstehe ich nicht|versteh ich nicht|erklär|erklär das|zusammenhang|
quoi|hein|pardon|comment|comment ça|je ne comprends pas|je comprends pas|ça veut dire quoi|explique|contexte|
qué|que|cómo|no entiendo|qué significa|qué significa eso|explica|contexto|quê|o quê|como|como assim|não entendi|não entendo|o que significa isso|
え|は|何|なに|何ですか|どういう意味|どういうこと|意味がわからない|わからない|뭐|뭐라고|무슨 말이야|무슨 뜻이야|무슨 뜻|이해가 안 돼|모르겠어`,
		followOther: `this|that|this one|that one|answer|answer this|answer that|can you answer that|can you answer this|can you answer|could you answer that|can you help|help|
what about this one|what about that one|what about this|what about that|how about this|how about this one|and this|and this one|same question|what do you think|what do you say|
das|dies|kannst du das beantworten|kannst du darauf antworten|beantworte das|und das|und das hier|was ist damit|gleiche frage|was sagst du dazu|
ça|celle ci|celui ci|tu peux répondre|peux tu répondre|peux tu répondre à ça|réponds à ça|et ça|et celle ci|même question|
esto|eso|puedes responder|puedes responder eso|puedes responder a eso|responde eso|y esto|y esta|misma pregunta|
isto|isso|pode responder|pode responder isso|você pode responder|responda isso|e isso|e esta|mesma pergunta|
これ|これは|これに答えて|答えて|これに答えられますか|答えられる|이거|이건|이거 대답해줘|대답해줘|이것도|답해줘`,
	} {
		for _, phrase := range strings.Split(lists, "|") {
			var said []string
			for _, w := range wordsOf(phrase) {
				if !polite[w] {
					said = append(said, w)
				}
			}
			all[strings.Join(said, " ")] = kind
		}
	}
	delete(all, "")
	return all
}()
