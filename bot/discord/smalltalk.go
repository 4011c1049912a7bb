package discord

import (
	"regexp"
	"strings"
	"unicode"

	"dossier/bot/discord/message"
)

// An intent is what a text is meant as.
type intent int

const (
	asking  intent = iota
	chatter        // thanks, laughter, praise, or no word at all: it asks nothing
	greeting
	helpRequest // for help: "who are you?"
)

// intentOf tells what a text is meant as. A question mark makes a question of
// anything but a greeting and what asks about the bot itself.
func intentOf(text string) intent {
	words := wordsOf(text)
	if helpRequests[strings.Join(words, " ")] {
		return helpRequest
	}
	kind := chatter
	for _, w := range words {
		switch {
		case greetings[w]:
			kind = greeting
		case !pleasantries[w] && !thanking[w] && !laughter.MatchString(w):
			return asking
		}
	}
	if text == "" || kind == chatter && strings.ContainsAny(text, questionMarks) {
		return asking
	}
	return kind
}

const questionMarks = "?？¿"

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// isQuestion says whether a text shows that it is a question: by its mark, by a question
// word or by how it begins. What does not may be one all the same: "the cinemas".
func isQuestion(text string) bool {
	if strings.ContainsAny(text, questionMarks) {
		return true
	}
	for i, w := range wordsOf(text) {
		if questionWords[w] || i == 0 && questionBegins[w] || i == 1 && w == "que" || unspacedAsks.MatchString(w) {
			return true
		}
	}
	return false
}

var (
	// questionWords make a question of a text wherever they stand.
	questionWords = words(`
		who whom whose what which when where why how whos whats whens wheres whys hows
		wer wen wem wessen wann wo wohin woher womit wofür warum wieso weshalb wie wieviel wieviele welche welcher welches welchen welchem
		quand où pourquoi combien quoi quel quelle quels quelles lequel laquelle
		quién quien quiénes quienes qué cuándo dónde cómo cuánto cuánta cuántos cuántas cuál cuáles
		quem onde qual quais quanto quanta quantos quantas`)

	// questionBegins make one only where they come first, since they are something
	// else as well: "that was sad", "nice comment". (Que may come second: "o que".)
	questionBegins = words(`
		is are was were do does did has have had can could will would should tell explain show list name describe
		ist sind waren war hat haben hatte hatten kann erzähl erkläre nenne zeig
		qui que comment est dis explique cuando donde como quando porque fue dime explica foi diga`)

	// unspacedAsks are words of Japanese, which has no spaces, and of Korean, whose
	// words end in many ways.
	unspacedAsks = regexp.MustCompile(`何|誰|だれ|いつ|どこ|なぜ|どう|どの|どれ|どんな|いくつ|いくら|なに|なんで|ですか|ますか|教えて|` +
		`누가|누구|언제|어디|왜|무엇|무슨|뭐|어떻게|어떤|어느|얼마|몇|습니까|입니까|인가요|나요|알려`)
)

// typedAsk is a command that was typed into a message, as Discord shows it while
// it is being chosen.
var typedAsk = func() *regexp.Regexp {
	var ask, option []string
	for _, l := range message.Locales {
		ask = append(ask, regexp.QuoteMeta(message.LanguageOf(l).AskName))
		option = append(option, regexp.QuoteMeta(message.LanguageOf(l).OptQuestion[0]))
	}
	return regexp.MustCompile(`^/(?:` + strings.Join(ask, "|") + `)(?:\s+(?:` + strings.Join(option, "|") + `)\s*:)?(?:\s+|$)`)
}()

// withoutCommand leaves away "/ask" before a question that was typed as a
// message.
func withoutCommand(text string) string { return typedAsk.ReplaceAllString(text, "") }

var laughter = regexp.MustCompile(`^(a?(ha)+h?|(he){2,}|(hi){2,}|(ja)+j?|(rs)+|lo+l|k{2,}|w+|ㅋ+|ㅎ+|ㅠ+|ㅜ+)$`)

// pleasantries are words that ask nothing, with each other and with those that thank
// (see followups.go): "thank you so much".
var pleasantries = words(`
	you u so very much np lmao rofl xd ok okay k kk nice cool great good awesome perfect wow bot job
	same wtf wth omg omfg lmfao smh oof oh yikes damn dang bruh bro dude fr ngl tbh imo true fair point enough agreed exactly indeed facts
	no way yes yeah yep yup nope nah sad crazy wild insane interesting
	vielen dir sehr super toll klasse krass prima gut guter stimmt genau echt schade traurig ja nein
	beaucoup bravo génial mdr ptdr parfait bon bien pareil vrai dommage triste oui non
	muchas muy genial vale perfecto bueno buen igual cierto verdad lástima sí
	muito beleza ótimo perfeito bom boa robô mesmo verdade sim não
	すごい 笑 草 なるほど 了解 いいね やばい まじ マジ それな はい
	대박 오케이 좋아요 와 우와 굿 헐 대박이다 인정 맞아 맞아요 네`)

// greetings begin a conversation, alone or with some of the pleasantries.
var greetings = words(`
	hi hello hey hiya howdy yo greetings morning evening afternoon there everyone
	hallo moin servus guten tag morgen abend bonjour salut bonsoir hola buenas buenos días dias tardes oi olá ola dia tarde noite
	こんにちは こんばんは おはよう おはようございます 안녕 안녕하세요`)

// helpRequests ask what the bot is and does.
var helpRequests = func() map[string]bool {
	set := map[string]bool{}
	for _, p := range strings.Split(`help|help me|help please|please help|commands|info|start|menu|
who are you|what are you|who r u|what is this|what is this bot|what do you do|what can you do|what do you know|what can i ask|what can i ask you|
how do you work|how does this work|how does it work|how do i use this|how do i use you|are you a bot|are you human|are you real|are you an ai|
hilfe|wer bist du|was bist du|was kannst du|was machst du|was kann ich fragen|wie funktioniert das|wie geht das|bist du ein bot|
aide|aide moi|qui es tu|qui êtes vous|que fais tu|que sais tu|que peux tu faire|comment ça marche|
ayuda|quién eres|quien eres|qué eres|qué puedes hacer|que puedes hacer|cómo funciona|como funciona|
ajuda|quem é você|o que você faz|o que você sabe|como isso funciona|
ヘルプ|助けて|あなたは誰|あなたは誰ですか|何ができますか|使い方|도움말|도와줘|너는 누구야|누구세요|뭐 할 수 있어`, "|") {
		set[strings.TrimSpace(p)] = true
	}
	return set
}()

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}
