package message

import "strings"

var spanish = Language{
	Locale:      "es-ES",
	Understood:  "Entendido como: ",
	Only:        "Solo: ",
	More:        "Más",
	InContext:   "En contexto",
	Sources:     "Fuentes",
	Share:       "Compartir",
	NotSaid:     "Las fuentes no lo dicen. Entiendo preguntas en el idioma de los artículos.",
	Unsure:      "No estoy seguro; lo más cercano:",
	OnlyQuote:   "No opino, solo cito; lo más cercano:",
	NoAnswer:    "Sin respuesta a: ",
	OtherLang:   "Solo puedo buscar en inglés. Pregunta en inglés, por favor.",
	OtherRead:   "Esto parece %s. Solo puedo buscar en inglés; pregunta en inglés, por favor.",
	TryThese:    "Las fuentes sí responden a esto:",
	NoMore:      "Las fuentes no dicen más sobre esto.",
	Continued:   "%s de %d",
	NotYours:    "Solo puede hacerlo quien preguntó.",
	OldVersion:  "Ese mensaje es de otra versión mía. Pregunta otra vez, por favor.",
	Damaged:     "Ya no puedo leer ese mensaje. Pregunta otra vez, por favor.",
	OtherCorpus: "Los artículos han cambiado desde entonces. Pregunta otra vez, por favor.",
	Partial:     "Esa pregunta es demasiado larga para continuar. Pregunta otra vez, con menos palabras.",
	Prompt:      "Pregúntame algo, por ejemplo: %s",
	Nothing:     "Ahí no encuentro nada que buscar. Pregúntame, por ejemplo: %s",
	ReplyHidden: "Discord no me muestra las respuestas a comandos. Mencióname con tu pregunta o usa /ask otra vez.",
	Cut:         "He leído los primeros %d caracteres de tu pregunta.",
	QuoteLong:   "La frase es demasiado larga para un mensaje; aquí está.",
	Empty:       "Pregúntame algo.",
	TooLong:     "Esa pregunta es demasiado larga para mí. Acórtala, por favor.",
	Slow:        "Ha tardado demasiado. Prueba con una pregunta más corta.",
	Broke:       "Algo ha fallado por mi parte. Ha quedado anotado.",
	Wait:        "Un momento, por favor. Puedes preguntar otra vez en %d s.",
	BadDate:     "Las fechas se escriben así: 2014-11-24.",
	BadRange:    "Entre esas fechas no hay artículos: `from` es posterior a `to`.",
	BadSource:   "No conozco ninguna fuente con ese nombre. Elige una de la lista al escribir.",
	Holds:       "%d artículos con %d frases y %d medios citados",
	Dates:       "del %s al %s",
	Version:     "versión %s",
	ReadOn:      "leídos el %s",
	LastChange:  "último cambio el %s: %d añadidos, %d modificados, %d retirados",
	Outlets:     "Los más citados: ",
	AndMore:     "y %d más",
	PageOf:      "Página %d de %d",
	Help: "Pregúntame qué dicen los artículos; respondo con sus propias palabras y la fuente. Pregunta en el idioma de los artículos.\n" +
		"• `/ask` en cualquier sitio, con `private` solo para ti, o limitado con `source`, `from` y `to`\n" +
		"• mencióname en un mensaje o escríbeme directamente\n" +
		"• responde a mi respuesta para seguir preguntando\n" +
		"• edita o borra tu mensaje, y mi respuesta lo seguirá\n" +
		"Por ejemplo:\n%s",
	Privacy: "No guardo nada sobre ti: ni preguntas, ni nombre, ni identificador, ni mensajes.\n" +
		"Mientras funciono, y solo en la memoria, sé cuál de mis mensajes responde al tuyo, para seguir ediciones y borrados, qué " +
		"preguntaste por último, para que puedas continuar, cuántas veces has preguntado hace poco y cuál es tu idioma. Todo desaparece " +
		"cuando me detengo.\n" +
		"Los botones bajo una respuesta contienen la pregunta, para poder continuar, y el identificador de quien preguntó, para que nadie más pueda quitar la respuesta; Discord los guarda con el mensaje.\n" +
		"Los registros cuentan preguntas y miden tiempos; no contienen textos ni identificadores.",
	Date: "{d} de {m} de {y}", Month: "{m} de {y}",
	MonthNames:  strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
	AskName:     "preguntar",
	AskAbout:    "Pregunta qué dicen los artículos; la respuesta es una cita con su fuente",
	OptQuestion: [2]string{"pregunta", "¿Qué quieres saber? Pregunta en el idioma de los artículos"},
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

	RoleHidden:  "Discord no me muestra los mensajes que mencionan mi rol. Mencióname a mí, el bot, o usa /ask.",
	OtherHidden: "Discord no me muestra el mensaje al que respondes. Mencióname con la pregunta misma, o usa /ask.",
	ElseSaid:    "Solo cito, palabra por palabra; esto es lo que más dicen las fuentes.",
	Welcome:     "De nada. Responde a una respuesta para seguir preguntando.",
	HowToGoOn:   "Para seguir, responde a una respuesta con una pregunta, con «más» o «fuente», o con el número de una sugerencia.",
}
