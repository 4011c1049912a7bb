package question

// What a noun that is asked for tells about the answer: "which boss" is who,
// "what year" is when.
var (
	personNouns = set(`person people man men woman women guy guys boss bosses chief chiefs head heads ceo executive executives
		chairman chairmen chairwoman president presidents leader leaders dictator founder founders owner owners
		actor actors actress actresses star stars director directors producer producers writer writers author authors
		screenwriter filmmaker filmmakers comedian comedians singer singers celebrity celebrities
		lawyer lawyers attorney judge judges official officials officer officers minister ministers senator senators diplomat
		diplomats politician politicians expert experts researcher researchers analyst analysts professor scientist scientists
		journalist journalists reporter reporters spokesman spokeswoman spokesperson
		hacker hackers attacker attackers culprit culprits suspect suspects criminal criminals programmer programmers spy spies
		victim victims witness witnesses employee employees worker workers insider successor predecessor
		player players character characters winner winners husband wife son daughter father mother brother sister uncle friend`)
	placeNouns = set(`country countries city cities state states place places location locations town towns region regions
		continent province district street address hotel venue island nation nations`)
	timeNouns  = set(`year years date dates day days month months time weekday week decade century hour deadline birthday season`)
	countNouns = set(`number numbers percentage percent share proportion size length amount age population total toll quantity
		volume duration distance height weight speed`)
	moneyNouns = set(`cost costs price prices salary salaries budget budgets revenue revenues fine gross earnings bill damages
		compensation deductible fee fees bonus`)
	reasonNouns = set(`reason reasons motive motives motivation cause causes purpose explanation`)
	// bodyNouns are answered by a name that is no person's
	bodyNouns = set(`company companies firm firms studio studios group groups agency agencies organization organisation
		organizations organisations outlet outlets newspaper newspapers newspaper site sites website websites bank banks
		party team unit insurer broker chain chains cinema cinemas theater theaters theatre theatres network networks
		film films movie movies book books song songs show shows series title titles name names nickname
		malware virus worm trojan program software tool tools platform platforms service services operation army
		language languages brand brands product products account accounts government governments university`)
	// moneyVerbs make "how much did it ..." a question of money
	moneyVerbs = set(`cost costs pay paid pays earn earned earns gross grossed spend spent make made makes worth lose lost charge
		charged demand demanded take took raise raised owe bring brought sell sold rent fine fined want wanted ask asked offer
		offered save saved budget money dollars settle settled cover covered insured`)
	moneyWords  = set(`money dollars dollar cash euros pounds yen won ransom cost damage`)
	measureAsks = set(`big large small fast far high tall deep wide heavy close strong`)
	auxiliaries = set(`is are was were be been being am do does did done has have had can could will would shall should may might must`)
	// verbs that end a noun phrase though they do not look like it
	verbs = set(`got get went go came come said say told tell made make took take left leave lost lose won win wrote write led lead
		fell fall hit saw see knew know began begin ran run paid pay sold sell met meet kept keep held hold stole steal broke break
		spoke speak sent send spent spend found find put set think thought use want play plays star stars direct wipe cost costs
		happen happens leak hack attack cause do does did belong refer stand show drop pull call work works own owns`)
	// nounVerbs are the verbs that are nouns as well
	nounVerbs = set(`hack leak cause cost show shows play plays star stars call work works use lead stand drop find say`)
	// barePlaces say nothing about a place but that it is one
	barePlaces  = set(`country countries city cities state states place places location locations town towns region regions`)
	determiners = set(`the a an all some any every each both these those this that my your his her its their our other another
		more most exact main real actual original first last of else ones single only`)
	kindNouns = set(`kind kinds type types sort sorts form name names title titles list nickname`)
)
