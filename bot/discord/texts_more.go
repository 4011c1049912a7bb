package discord

import "strings"

var spanish = texts{
	Understood: "Entendido como: ",
	Only:       "Solo: ",
	More:       "Más",
	InContext:  "En contexto",
	Sources:    "Fuentes",
	Share:      "Compartir",
	NotSaid:    "Las fuentes no lo dicen.",
	TryThese:   "A estas preguntas sí responden:",
	NoMore:     "Las fuentes no dicen más sobre esto.",
	NotYours:   "Solo puede hacerlo quien preguntó.",
	Gone:       "Ya no tengo esa frase. Pregunta otra vez, por favor.",
	Bare:       "Pregúntame algo, por ejemplo: %s",
	ReplyLost:  "Discord no me muestra las respuestas a comandos. Mencióname con tu pregunta o usa /ask otra vez.",
	Cut:        "He leído los primeros %d caracteres de tu pregunta.",
	QuoteLong:  "La frase es demasiado larga para un mensaje; aquí está.",
	Empty:      "Pregúntame algo.",
	TooLong:    "Esa pregunta es demasiado larga para mí. Acórtala, por favor.",
	Slow:       "Ha tardado demasiado. Prueba con una pregunta más corta.",
	Broke:      "Algo ha fallado por mi parte. Ha quedado anotado.",
	Wait:       "Un momento, por favor. Puedes preguntar otra vez en %d s.",
	BadDate:    "Las fechas se escriben así: 2014-11-24.",
	BadRange:   "Entre esas fechas no hay artículos: `from` es posterior a `to`.",
	BadSource:  "No conozco ninguna fuente con ese nombre. Elige una de la lista al escribir.",
	Holds:      "%d artículos con %d frases y %d medios citados",
	Dates:      "del %s al %s",
	Version:    "versión %s",
	Outlets:    "Los más citados: ",
	AndMore:    "y %d más",
	PageOf:     "Página %d de %d",
	Help: "Pregúntame qué dicen los artículos; respondo con sus propias palabras y la fuente.\n" +
		"• `/ask` en cualquier sitio, con `private` solo para ti, o limitado con `source`, `from` y `to`\n" +
		"• mencióname en un mensaje o escríbeme directamente\n" +
		"• responde a mi respuesta para seguir preguntando\n" +
		"• edita o borra tu mensaje, y mi respuesta lo seguirá\n" +
		"Por ejemplo:\n%s",
	Privacy: "No guardo nada sobre ti: ni preguntas, ni nombre, ni identificador, ni mensajes.\n" +
		"Mientras funciono recuerdo por poco tiempo cuál de mis mensajes responde al tuyo, para seguir ediciones y borrados, y lo último " +
		"que preguntaste, para que puedas continuar. Todo desaparece cuando me detengo.\n" +
		"Los registros cuentan preguntas y miden tiempos; no contienen textos ni identificadores.",
	Date: "{d} de {m} de {y}", Month: "{m} de {y}",
	MonthNames:  strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
	AskName:     "preguntar",
	AskAbout:    "Pregunta qué dicen los artículos; la respuesta es una cita con su fuente",
	OptQuestion: [2]string{"pregunta", "¿Qué quieres saber?"},
	OptPrivate:  [2]string{"privado", "Mostrar la respuesta solo a ti"},
	OptSource:   [2]string{"fuente", "Solo citas de este periódico o institución"},
	OptFrom:     [2]string{"desde", "Solo artículos desde este día, como 2014-11-24"},
	OptTo:       [2]string{"hasta", "Solo artículos hasta este día, como 2015-01-31"},
	SourcesName: "fuentes",
	SourcesText: "De qué artículos vienen las respuestas",
	HelpName:    "ayuda",
	HelpText:    "Qué puedes preguntar, y cómo",
	PrivName:    "privacidad",
	PrivText:    "Qué se guarda sobre ti",
}

var portuguese = texts{
	Understood: "Entendido como: ",
	Only:       "Somente: ",
	More:       "Mais",
	InContext:  "No contexto",
	Sources:    "Fontes",
	Share:      "Compartilhar",
	NotSaid:    "As fontes não dizem.",
	TryThese:   "A estas perguntas elas respondem:",
	NoMore:     "As fontes não dizem mais sobre isso.",
	NotYours:   "Só quem perguntou pode fazer isso.",
	Gone:       "Não tenho mais essa frase. Pergunte de novo, por favor.",
	Bare:       "Pergunte-me algo, por exemplo: %s",
	ReplyLost:  "O Discord não me mostra respostas a comandos. Mencione-me com a sua pergunta ou use /ask de novo.",
	Cut:        "Li os primeiros %d caracteres da sua pergunta.",
	QuoteLong:  "A frase é longa demais para uma mensagem; ela está aqui.",
	Empty:      "Pergunte-me algo.",
	TooLong:    "Essa pergunta é longa demais para mim. Encurte-a, por favor.",
	Slow:       "Demorou demais. Tente uma pergunta mais curta.",
	Broke:      "Algo quebrou do meu lado. Ficou registrado.",
	Wait:       "Um momento, por favor. Você pode perguntar de novo em %d s.",
	BadDate:    "As datas são assim: 2014-11-24.",
	BadRange:   "Não há artigos entre essas datas: `from` é depois de `to`.",
	BadSource:  "Não conheço fonte com esse nome. Escolha uma da lista ao digitar.",
	Holds:      "%d artigos com %d frases e %d veículos citados",
	Dates:      "de %s a %s",
	Version:    "versão %s",
	Outlets:    "Mais citados: ",
	AndMore:    "e mais %d",
	PageOf:     "Página %d de %d",
	Help: "Pergunte o que dizem os artigos; respondo com as palavras deles e a fonte.\n" +
		"• `/ask` em qualquer lugar, com `private` só para você, ou limitado por `source`, `from` e `to`\n" +
		"• mencione-me numa mensagem ou escreva diretamente para mim\n" +
		"• responda à minha resposta para continuar\n" +
		"• edite ou apague a sua mensagem, e a minha resposta acompanha\n" +
		"Por exemplo:\n%s",
	Privacy: "Não guardo nada sobre você: nem pergunta, nem nome, nem identificador, nem mensagem.\n" +
		"Enquanto funciono, lembro por pouco tempo qual mensagem minha responde à sua, para acompanhar edições e exclusões, e o que você " +
		"perguntou por último, para que possa continuar. Tudo some quando eu paro.\n" +
		"Os registros contam perguntas e medem tempos; não contêm textos nem identificadores.",
	Date: "{d} de {m} de {y}", Month: "{m} de {y}",
	MonthNames:  strings.Fields("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
	AskName:     "perguntar",
	AskAbout:    "Pergunte o que dizem os artigos; a resposta é uma citação com a fonte",
	OptQuestion: [2]string{"pergunta", "O que você quer saber?"},
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
}

var japanese = texts{
	Understood: "次のように理解しました：",
	Only:       "限定：",
	More:       "もっと見る",
	InContext:  "前後の文",
	Sources:    "出典",
	Share:      "共有",
	NotSaid:    "出典には書かれていません。",
	TryThese:   "次の質問には答えられます：",
	NoMore:     "これ以上のことは出典に書かれていません。",
	NotYours:   "これは質問した人だけができます。",
	Gone:       "その文はもうありません。もう一度質問してください。",
	Bare:       "質問してください。例：%s",
	ReplyLost:  "コマンドの回答への返信はDiscordから届きません。メンションで質問するか、もう一度 /ask を使ってください。",
	Cut:        "質問の最初の%d文字を読みました。",
	QuoteLong:  "文が長すぎてメッセージに入りません。こちらにあります。",
	Empty:      "質問してください。",
	TooLong:    "質問が長すぎます。短くしてください。",
	Slow:       "時間がかかりすぎました。もっと短い質問をお試しください。",
	Broke:      "こちらで問題が起きました。記録しました。",
	Wait:       "少しお待ちください。%d秒後にまた質問できます。",
	BadDate:    "日付は 2014-11-24 のように書いてください。",
	BadRange:   "該当する記事がありません。`from` が `to` より後の日付です。",
	BadSource:  "その名前の出典はありません。入力中に表示される一覧から選んでください。",
	Holds:      "記事%d本、%d文、引用元%d社",
	Dates:      "%sから%sまで",
	Version:    "版 %s",
	Outlets:    "よく引用されるもの：",
	AndMore:    "ほか%d件",
	PageOf:     "%d / %dページ",
	Help: "記事に何が書かれているか質問してください。記事の言葉のまま、出典付きで答えます。\n" +
		"• `/ask` はどこでも使えます。`private` で自分だけに表示、`source`、`from`、`to` で絞り込み\n" +
		"• メッセージで私をメンションするか、ダイレクトメッセージを送る\n" +
		"• 私の回答に返信すると続けて質問できます\n" +
		"• メッセージを編集・削除すると、回答もそれに従います\n" +
		"例：\n%s",
	Privacy: "あなたについては何も保存しません。質問も名前もIDもメッセージもです。\n" +
		"動作中だけ、編集や削除に対応するためにどの回答がどのメッセージへのものか、続けて質問できるように直前の質問を短い間覚えています。" +
		"停止すると消えます。\n" +
		"ログは質問の数と時間だけで、本文やIDは含みません。",
	Date: "{y}年{m}{d}日", Month: "{y}年{m}",
	MonthNames:  strings.Fields("1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月"),
	AskName:     "質問",
	AskAbout:    "記事に何が書かれているか質問する。回答は出典付きの引用です",
	OptQuestion: [2]string{"質問", "何を知りたいですか？"},
	OptPrivate:  [2]string{"非公開", "回答を自分だけに表示する"},
	OptSource:   [2]string{"出典", "この新聞や機関の引用だけ"},
	OptFrom:     [2]string{"開始日", "この日以降の記事だけ（例：2014-11-24）"},
	OptTo:       [2]string{"終了日", "この日までの記事だけ（例：2015-01-31）"},
	SourcesName: "出典",
	SourcesText: "回答がどの記事から来ているか",
	HelpName:    "ヘルプ",
	HelpText:    "何をどう質問できるか",
	PrivName:    "プライバシー",
	PrivText:    "あなたについて保存されるもの",
}

var korean = texts{
	Understood: "이렇게 이해했습니다: ",
	Only:       "제한: ",
	More:       "더 보기",
	InContext:  "앞뒤 문장",
	Sources:    "출처",
	Share:      "공유",
	NotSaid:    "출처에 나와 있지 않습니다.",
	TryThese:   "다음 질문에는 답할 수 있습니다:",
	NoMore:     "출처에 더 나와 있는 내용이 없습니다.",
	NotYours:   "질문한 사람만 할 수 있습니다.",
	Gone:       "그 문장은 더 이상 없습니다. 다시 질문해 주세요.",
	Bare:       "질문해 주세요. 예: %s",
	ReplyLost:  "명령어 답변에 대한 답장은 Discord가 보여 주지 않습니다. 저를 멘션해서 질문하거나 /ask를 다시 사용해 주세요.",
	Cut:        "질문의 처음 %d자를 읽었습니다.",
	QuoteLong:  "문장이 메시지에 담기에 너무 깁니다. 여기에 있습니다.",
	Empty:      "질문해 주세요.",
	TooLong:    "질문이 너무 깁니다. 줄여 주세요.",
	Slow:       "시간이 너무 오래 걸렸습니다. 더 짧은 질문으로 시도해 주세요.",
	Broke:      "제 쪽에서 문제가 생겼습니다. 기록해 두었습니다.",
	Wait:       "잠시만요. %d초 뒤에 다시 질문할 수 있습니다.",
	BadDate:    "날짜는 2014-11-24처럼 써 주세요.",
	BadRange:   "해당하는 기사가 없습니다. `from`이 `to`보다 늦은 날짜입니다.",
	BadSource:  "그런 이름의 출처가 없습니다. 입력할 때 나오는 목록에서 골라 주세요.",
	Holds:      "기사 %d건, 문장 %d개, 인용 매체 %d곳",
	Dates:      "%s부터 %s까지",
	Version:    "버전 %s",
	Outlets:    "가장 많이 인용된 곳: ",
	AndMore:    "외 %d곳",
	PageOf:     "%d / %d쪽",
	Help: "기사에 무엇이 쓰여 있는지 물어보세요. 기사의 말 그대로, 출처와 함께 답합니다.\n" +
		"• `/ask`는 어디서나, `private`이면 나만 보기, `source`, `from`, `to`로 좁히기\n" +
		"• 메시지에서 저를 멘션하거나 다이렉트 메시지를 보내세요\n" +
		"• 제 답변에 답장하면 이어서 물을 수 있습니다\n" +
		"• 메시지를 고치거나 지우면 제 답변도 따라갑니다\n" +
		"예:\n%s",
	Privacy: "당신에 대해 아무것도 저장하지 않습니다. 질문, 이름, ID, 메시지 모두 그렇습니다.\n" +
		"실행 중에만 잠시, 수정과 삭제를 따라가기 위해 어떤 답변이 어떤 메시지에 대한 것인지, 이어서 물을 수 있도록 마지막 질문이 무엇인지 " +
		"기억합니다. 멈추면 사라집니다.\n" +
		"로그는 질문 수와 시간만 재며, 내용이나 ID는 없습니다.",
	Date: "{y}년 {m} {d}일", Month: "{y}년 {m}",
	MonthNames:  strings.Fields("1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월"),
	AskName:     "질문",
	AskAbout:    "기사에 무엇이 쓰여 있는지 묻기. 답변은 출처가 있는 인용문입니다",
	OptQuestion: [2]string{"질문", "무엇을 알고 싶으신가요?"},
	OptPrivate:  [2]string{"비공개", "답변을 나에게만 보이기"},
	OptSource:   [2]string{"출처", "이 신문이나 기관의 인용문만"},
	OptFrom:     [2]string{"시작일", "이날부터의 기사만, 예: 2014-11-24"},
	OptTo:       [2]string{"종료일", "이날까지의 기사만, 예: 2015-01-31"},
	SourcesName: "출처",
	SourcesText: "답변이 어떤 기사에서 오는지",
	HelpName:    "도움말",
	HelpText:    "무엇을 어떻게 물을 수 있는지",
	PrivName:    "개인정보",
	PrivText:    "당신에 대해 저장되는 것",
}
