package message

import "strings"

var french = Language{
	Locale:      "fr",
	Understood:  "Compris comme : ",
	Only:        "Seulement : ",
	More:        "Plus",
	InContext:   "En contexte",
	Sources:     "Sources",
	Share:       "Partager",
	NotSaid:     "Les sources n’en disent rien. Je comprends les questions dans la langue des articles.",
	Unsure:      "Pas sûr ; voici le plus proche :",
	OnlyQuote:   "Je n’ai pas d’avis ; voici le plus proche :",
	NoAnswer:    "Pas de réponse à : ",
	OtherLang:   "Je ne peux chercher qu’en anglais. Posez votre question en anglais, s’il vous plaît.",
	OtherRead:   "Cela ressemble à du %s. Je ne peux chercher qu’en anglais ; posez votre question en anglais, s’il vous plaît.",
	TryThese:    "Les sources répondent à ces questions :",
	NoMore:      "Les sources n’en disent pas plus.",
	Continued:   "%s sur %d",
	NotYours:    "Seule la personne qui a posé la question peut le faire.",
	OldVersion:  "Ce message vient d’une autre version de moi. Reposez la question, s’il vous plaît.",
	Damaged:     "Je ne peux plus lire ce message. Reposez la question, s’il vous plaît.",
	OtherCorpus: "Les articles ont changé depuis. Reposez la question, s’il vous plaît.",
	Partial:     "Cette question est trop longue pour que je continue. Reposez-la en moins de mots, s’il vous plaît.",
	Prompt:      "Posez-moi une question, par exemple : %s",
	Nothing:     "Je n’y trouve rien à chercher. Demandez-moi, par exemple : %s",
	ReplyHidden: "Discord ne me montre pas les réponses aux commandes. Mentionnez-moi avec votre question, ou utilisez /ask.",
	Cut:         "J’ai lu les %d premiers caractères de votre question.",
	QuoteLong:   "La phrase est trop longue pour un message ; voici où elle se trouve.",
	Empty:       "Posez-moi une question.",
	TooLong:     "Cette question est trop longue pour moi. Raccourcissez-la, s’il vous plaît.",
	Slow:        "Cela a pris trop de temps. Essayez une question plus courte.",
	Broke:       "Quelque chose s’est cassé de mon côté. C’est noté.",
	Wait:        "Un instant. Vous pourrez redemander dans %d s.",
	BadDate:     "Une date s’écrit ainsi : 2014-11-24.",
	BadRange:    "Aucun article entre ces dates : `from` est après `to`.",
	BadSource:   "Je ne connais pas de source de ce nom. Choisissez-en une dans la liste en tapant.",
	Holds:       "%d articles, %d phrases, %d médias cités",
	Dates:       "du %s au %s",
	Version:     "version %s",
	ReadOn:      "lus le %s",
	LastChange:  "dernier changement le %s : %d ajoutés, %d modifiés, %d retirés",
	Outlets:     "Les plus cités : ",
	AndMore:     "et %d autres",
	PageOf:      "Page %d sur %d",
	Help: "Demandez-moi ce que disent les articles ; je réponds avec leurs mots et la source. Posez vos questions dans la langue des articles.\n" +
		"• `/ask` partout, avec `private` visible de vous seul, ou limité par `source`, `from` et `to`\n" +
		"• mentionnez-moi dans un message, ou écrivez-moi directement\n" +
		"• répondez à ma réponse pour continuer\n" +
		"• modifiez ou supprimez votre message, ma réponse suit\n" +
		"Par exemple :\n%s",
	Privacy: "Je ne garde rien sur vous : ni question, ni nom, ni identifiant, ni message.\n" +
		"Tant que je tourne, et seulement en mémoire, je sais lequel de mes messages répond au vôtre, pour suivre les modifications et " +
		"les suppressions, quelle était votre dernière question, pour que vous puissiez continuer, combien de fois vous avez demandé " +
		"récemment, et quelle est votre langue. Tout disparaît quand je m’arrête.\n" +
		"Les boutons sous une réponse contiennent la question, pour qu’on puisse continuer, et l’identifiant de la personne qui a demandé, pour que personne d’autre ne puisse retirer la réponse ; Discord les garde avec le message.\n" +
		"Les journaux comptent les questions et mesurent le temps ; ni textes ni identifiants.",
	Date: "{d} {m} {y}", Month: "{m} {y}",
	MonthNames:  strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
	AskName:     "demander",
	AskAbout:    "Demandez ce que disent les articles ; la réponse est une citation avec sa source",
	OptQuestion: [2]string{"question", "Que voulez-vous savoir ? Demandez dans la langue des articles"},
	OptPrivate:  [2]string{"privé", "Ne montrer la réponse qu’à vous"},
	OptSource:   [2]string{"source", "Seulement les citations de ce journal ou de cette institution"},
	OptFrom:     [2]string{"du", "Seulement les articles à partir de ce jour, comme 2014-11-24"},
	OptTo:       [2]string{"au", "Seulement les articles jusqu’à ce jour, comme 2015-01-31"},
	SourcesName: "sources",
	SourcesText: "De quels articles viennent les réponses",
	HelpName:    "aide",
	HelpText:    "Ce que vous pouvez demander, et comment",
	PrivName:    "confidentialité",
	PrivText:    "Ce qui est gardé sur vous",

	RoleHidden:  "Discord ne me montre pas les messages qui mentionnent mon rôle. Mentionne-moi, le bot, ou utilise /ask.",
	OtherHidden: "Discord ne me montre pas le message auquel tu réponds. Mentionne-moi avec la question elle-même, ou utilise /ask.",
	ElseSaid:    "Je ne fais que citer, mot pour mot ; voici ce que les sources disent d’autre.",
	Welcome:     "De rien. Réponds à une réponse pour continuer.",
	HowToGoOn:   "Pour continuer, réponds à une réponse par une question, par « plus » ou « source », ou par le numéro d’une suggestion.",
}
