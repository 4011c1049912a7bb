package message

import "strings"

var portuguese = Language{
	Locale:      "pt-BR",
	Understood:  "Entendido como: ",
	Only:        "Somente: ",
	More:        "Mais",
	InContext:   "No contexto",
	Sources:     "Fontes",
	Share:       "Compartilhar",
	NotSaid:     "As fontes não dizem. Entendo perguntas no idioma dos artigos.",
	Unsure:      "Não tenho certeza; o mais próximo:",
	OnlyQuote:   "Não opino, só cito; o mais próximo:",
	NoAnswer:    "Sem resposta para: ",
	OtherLang:   "Só consigo pesquisar em inglês. Pergunte em inglês, por favor.",
	OtherRead:   "Isso parece %s. Só consigo pesquisar em inglês; pergunte em inglês, por favor.",
	TryThese:    "A estas perguntas as fontes respondem:",
	NoMore:      "As fontes não dizem mais sobre isso.",
	Continued:   "%s de %d",
	NotYours:    "Só quem perguntou pode fazer isso.",
	OldVersion:  "Essa mensagem é de outra versão minha. Pergunte de novo, por favor.",
	Damaged:     "Não consigo mais ler essa mensagem. Pergunte de novo, por favor.",
	OtherCorpus: "Os artigos mudaram desde então. Pergunte de novo, por favor.",
	Partial:     "Essa pergunta é longa demais para continuar. Pergunte de novo, com menos palavras.",
	Prompt:      "Pergunte-me algo, por exemplo: %s",
	Nothing:     "Não encontro nada aí para pesquisar. Pergunte-me, por exemplo: %s",
	ReplyHidden: "O Discord não me mostra respostas a comandos. Mencione-me com a sua pergunta ou use /ask de novo.",
	Cut:         "Li os primeiros %d caracteres da sua pergunta.",
	QuoteLong:   "A frase é longa demais para uma mensagem; ela está aqui.",
	Empty:       "Pergunte-me algo.",
	TooLong:     "Essa pergunta é longa demais para mim. Encurte-a, por favor.",
	Slow:        "Demorou demais. Tente uma pergunta mais curta.",
	Broke:       "Algo quebrou do meu lado. Ficou registrado.",
	Wait:        "Um momento, por favor. Você pode perguntar de novo em %d s.",
	BadDate:     "As datas são assim: 2014-11-24.",
	BadRange:    "Não há artigos entre essas datas: `from` é depois de `to`.",
	BadSource:   "Não conheço fonte com esse nome. Escolha uma da lista ao digitar.",
	Holds:       "%d artigos com %d frases e %d veículos citados",
	Dates:       "de %s a %s",
	Version:     "versão %s",
	ReadOn:      "lidos em %s",
	LastChange:  "última mudança em %s: %d novos, %d alterados, %d removidos",
	Outlets:     "Mais citados: ",
	AndMore:     "e mais %d",
	PageOf:      "Página %d de %d",
	Help: "Pergunte o que dizem os artigos; respondo com as palavras deles e a fonte. Pergunte no idioma dos artigos.\n" +
		"• `/ask` em qualquer lugar, com `private` só para você, ou limitado por `source`, `from` e `to`\n" +
		"• mencione-me numa mensagem ou escreva diretamente para mim\n" +
		"• responda à minha resposta para continuar\n" +
		"• edite ou apague a sua mensagem, e a minha resposta acompanha\n" +
		"Por exemplo:\n%s",
	Privacy: "Não guardo nada sobre você: nem pergunta, nem nome, nem identificador, nem mensagem.\n" +
		"Enquanto funciono, e só na memória, sei qual mensagem minha responde à sua, para acompanhar edições e exclusões, o que você " +
		"perguntou por último, para que possa continuar, quantas vezes você perguntou há pouco e qual é o seu idioma. Tudo some quando eu " +
		"paro.\n" +
		"Os botões sob uma resposta contêm a pergunta, para que se possa continuar, e o identificador de quem perguntou, para que ninguém mais possa remover a resposta; o Discord guarda-os com a mensagem.\n" +
		"Os registros contam perguntas e medem tempos; não contêm textos nem identificadores.",
	Date: "{d} de {m} de {y}", Month: "{m} de {y}",
	MonthNames:  strings.Fields("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
	AskName:     "perguntar",
	AskAbout:    "Pergunte o que dizem os artigos; a resposta é uma citação com a fonte",
	OptQuestion: [2]string{"pergunta", "O que você quer saber? Pergunte no idioma dos artigos"},
	OptPrivate:  [2]string{"privado", "Mostrar a resposta só para você"},
	OptSource:   [2]string{"fonte", "Somente citações deste jornal ou instituição"},
	OptFrom:     [2]string{"desde", "Somente artigos a partir deste dia, como 2014-11-24"},
	OptTo:       [2]string{"até", "Somente artigos até este dia, como 2015-01-31"},
	SourcesName: "fontes",
	SourcesText: "De quais artigos vêm as respostas",
	HelpName:    "ajuda",
	HelpText:    "O que você pode perguntar, e como",
	PrivName:    "privacidade",
	PrivText:    "O que é guardado sobre você",

	RoleHidden:  "O Discord não me mostra mensagens que mencionam o meu cargo. Mencione a mim, o bot, ou use /ask.",
	OtherHidden: "O Discord não me mostra a mensagem a que você responde. Mencione-me com a própria pergunta, ou use /ask.",
	ElseSaid:    "Eu só cito, palavra por palavra; é isto o que mais dizem as fontes.",
	Welcome:     "De nada. Responda a uma resposta para continuar perguntando.",
	HowToGoOn:   "Para continuar, responda a uma resposta com uma pergunta, com “mais” ou “fonte”, ou com o número de uma sugestão.",
}
