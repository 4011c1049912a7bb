package question

import (
	"strings"
	"testing"
)

func TestExact(t *testing.T) {
	p := New(vocabulary(harbour))
	tests := []struct {
		name, question, sentence string
		want                     string // the marked parts, with | between
	}{
		{"date", "when was the port attacked", "The port of Lindhaven was attacked by hackers on 3 March 2019, and its cranes stood still for nine hours.", "3 March 2019"},
		{"date at the start", "when did she step down", "On 19 April 2019, Greta Halvorsen stepped down.", "19 April 2019"},
		{"month", "when were they arrested", "Police in Oslo arrested two suspects in June 2019.", "June 2019"},
		{"date and time", "when did the attack start", "The attack started on 3 March 2019, at 7 a.m. local time.", "3 March 2019, at 7 a.m."},
		{"the date asked about is no answer", "when after 3 March 2019 did the cranes work again", "The cranes stood still from 3 March 2019.", ""},
		{"two dates", "when did the director leave", "The director left on 19 April 2019, and police came in June 2019.", "19 April 2019"},
		{"two dates, unclear", "when was it", "It was on 19 April 2019, or it was on 3 May 2019.", ""},
		{"number", "how many emails were stolen", "The hackers had stolen about 12,000 emails and 48 contracts.", "12,000 emails"},
		{"other number", "how many contracts were stolen", "The hackers had stolen about 12,000 emails and 48 contracts.", "48 contracts"},
		{"number of something else", "how many cranes stood still", "The hackers had stolen about 12,000 emails.", ""},
		{"words between", "how many suspects were arrested", "Police arrested two young Norwegian suspects.", "two young Norwegian suspects"},
		{"percent", "what percentage of the containers was delayed", "About 35 percent of the containers were delayed.", "35 percent"},
		{"duration", "how long did the cranes stand still", "Its 14 cranes stood still for nine hours.", "nine hours"},
		{"money", "how much did they demand", "They demanded a ransom of 4.5 million dollars.", "4.5 million dollars"},
		{"money with a sign", "how much did they demand", "They demanded a ransom of $4.5 million.", "$4.5 million"},
		{"person", "who is her successor", "Her successor is Tomas Brandt, who had led the shipping company Nordkai.", "Tomas Brandt"},
		{"not the person asked about", "who did greta halvorsen apologise to", "Greta Halvorsen apologised to the employees of the port.", ""},
		{"group", "who demanded a ransom", "A group that calls itself Tide Breakers demanded a ransom.", "Tide Breakers"},
		{"definition", "who is greta halvorsen", "Greta Halvorsen, the director of the port, met Tomas Brandt.", "the director of the port"},
		{"two persons together", "who wrote the story", "Jonas Eklund and Ingrid Solberg wrote the story.", "Jonas Eklund|Ingrid Solberg"},
		{"place", "where were the suspects arrested", "Police in Oslo arrested two suspects.", "Oslo"},
		{"place in a place", "where did the cameras roll", "The cameras rolled in Bergen, Norway, in May.", "Bergen, Norway"},
		{"list", "which files were released", "The hackers released the files Anchor, Beacon and Compass on the website Dockleaks.", "Anchor|Beacon|Compass"},
		{"one name", "which security firm found that", "The attackers got in by guessing the password, the security firm Polarwatch found.", "Polarwatch"},
		{"no persons", "which files did they joke about", "Greta Halvorsen and Tomas Brandt joked about the files.", ""},
		{"name as an adjective", "which attack was it", "Some call it the Nordkai attack.", ""},
		{"places", "in which countries were the servers", "The servers stood in Italy, Thailand and Poland.", "Italy|Thailand|Poland"},
		{"hour", "what time did it start", "It started at 7:30 a.m. on 3 March 2019.", "7:30 a.m."},
		{"date of a report", "when were the files stolen", "The files were stolen, the police said on 3 March 2019.", ""},
		{"round number", "how many people saw it", "Several thousand people saw it.", "Several thousand people"},
		{"no unit", "how big was it", "It had 48 parts.", ""},
		{"reason", "why did she step down", "Greta Halvorsen stepped down because of the attack.", "because of the attack"},
		{"name beside another deed", "who wrote the emails", "Jonas Eklund attacked the press over the emails.", ""},
		{"report, no deed", "who stole the files", "The files had been stolen, Ingrid Solberg wrote.", ""},
		{"found, not made", "who made the password", "Tomas Brandt of Polarwatch reported that the password was made in Oslo.", ""},
		{"victim", "who attacked the port", "Greta Halvorsen said that the attack on the port was over.", ""},
		{"denied", "who attacked the port", "Nobody believes that Tomas Brandt attacked the port.", ""},
		{"agent", "who attacked the port", "The port was empty when it was searched, and the port was attacked by Tide Breakers.", "Tide Breakers"},
		{"apposition", "who arrested the suspects", "Ingrid Solberg, the prosecutor in Oslo, arrested the suspects.", "Ingrid Solberg"},
		{"role", "who is the director of the port", "The director of the port, Greta Halvorsen, stepped down.", "Greta Halvorsen"},
		{"other role", "who is the hacker", "The director of the port, Greta Halvorsen, stepped down.", ""},
		{"object", "who did the port sue", "The port sued Nordkai.", "Nordkai"},
		{"unit left out", "how much did jonas eklund get", "The writers were paid well: 8.4 million dollars for Tomas Brandt and 6.5 million for Jonas Eklund.", "6.5 million"},
		{"amount of somebody else", "how much did jonas eklund get", "Tomas Brandt was paid 8.4 million dollars.", ""},
		{"whole list of numbers", "how much did the film earn", "The film earned 5, 6 or 12.3 million dollars.", "5, 6 or 12.3 million dollars"},
		{"part of a whole", "how many cranes were damaged", "The hackers damaged 32 of the 67 old cranes.", "32"},
		{"two counts", "how many cranes were damaged", "Nordkai counted 32 damaged cranes, while the port counted nine.", ""},
		{"range of months", "when did they map the port", "They mapped the port from mid-January to mid-March 2019.", "mid-January to mid-March 2019"},
		{"planned", "why was the port closed", "The port was closed before the film was due to open.", ""},
		{"reason of something else", "why did she step down", "Greta Halvorsen apologised because of the attack.", ""},
		{"place of something else", "which hotel was it", "Police in Oslo searched a hotel.", ""},
		{"hotel", "which hotel did the police search", "The police searched the St. Olav hotel in Oslo.", "St. Olav"},
		{"estimate", "how much will the work cost", "The work will cost an estimated 2.3 million dollars.", "2.3 million dollars"},
		{"estimate beside a price", "how much will the work cost", "The work will cost an estimated 2.3 million dollars, or 3 million dollars with the cranes.", ""},
		{"plan", "how much will the work cost", "The work was expected to cost 2.3 million dollars.", ""},
		{"office before a name", "who is the mayor", "Mayor Celeste Marin said that the bridge would open in May.", "Celeste Marin"},
		{"office with its place", "who is the mayor of lindhaven", "The mayor of Lindhaven, Celeste Marin, said so.", "Celeste Marin"},
		{"former office", "who is the mayor", "Former Mayor Celeste Marin said that the bridge would open in May.", ""},
		{"office of another place", "who is the mayor of bergen", "Mayor Celeste Marin of Lindhaven said that the bridge would open in May.", ""},
		{"patron", "which hospital was the driver taken to", "The driver was taken to St. Luke's Hospital in Oslo.", "St. Luke's Hospital"},
		{"noun at the start of a name", "which hotel did the police search", "The police searched Hotel Bergen in Oslo.", "Hotel Bergen"},
		{"two hospitals", "which hospital was the driver taken to", "The driver was taken from St. Luke's Hospital to Lindhaven General Hospital.", "Lindhaven General Hospital"},
		{"of the hospital", "which hospital was the driver taken to", "The driver was taken to the St. Luke's Hospital's director.", ""},
		{"number of", "how many cinemas showed the film", "The number of cinemas that showed the film was 331, often rounded to 300.", "331"},
		{"number of, against another", "how many cinemas showed the film", "The number of cinemas that showed the film was 331, while the police counted 300.", ""},
		{"number of something else", "how many cinemas showed the film", "The number of cinemas that closed was 331, often rounded to 300.", ""},
		{"unit of data", "how much data was stolen", "Nearly 100 terabytes of data were stolen.", "100 terabytes"},
		{"unit alone", "how much data was stolen", "Nearly 100 terabytes were stolen.", "100 terabytes"},
		{"unit of something else", "how much data was stolen", "Nearly 100 terabytes of jokes were stolen.", ""},
		{"two sizes", "how much data was stolen", "Nearly 100 terabytes were stolen, and 11 terabytes were stolen later.", ""},
		{"age", "how old is the driver", "The driver, 46-year-old Dennis Pruitt, was not hurt.", "46-year-old"},
		{"age of a name", "how old is dennis pruitt", "The driver, 46-year-old Dennis Pruitt, was not hurt.", "46-year-old"},
		{"bare age", "how old is dennis pruitt", "Dennis Pruitt, 46, was not hurt.", "46"},
		{"aged", "how old was dennis pruitt", "Dennis Pruitt, aged 46, was not hurt.", "46"},
		{"years old", "how old was dennis pruitt", "Dennis Pruitt was 46 years old.", "46 years old"},
		{"age at death", "how old was dennis pruitt when he died", "Dennis Pruitt died at 46.", "46"},
		{"at what age", "at what age did dennis pruitt die", "Dennis Pruitt died at the age of 46.", "46"},
		{"age of a thing", "how old is the bridge", "The 120-year-old bridge was closed.", "120-year-old"},
		{"birth", "how old is dennis pruitt", "Dennis Pruitt was born in 1968.", "1968"},
		{"age of another", "how old is dennis pruitt", "Dennis Pruitt hit the 46-year-old Greta Halvorsen.", ""},
		{"age of another beside", "how old is dennis pruitt", "Dennis Pruitt and Greta Halvorsen, 46, were not hurt.", ""},
		{"age of a relative", "how old is dennis pruitt's brother", "Dennis Pruitt, 46, and his brother were not hurt.", ""},
		{"age of those counted", "how many drivers were arrested", "The police arrested two drivers, and 46-year-old drivers were hurt.", "two drivers"},
		{"head count", "how old is jang se-yul", "Jang Se-yul said that 1,800 people work there.", ""},
		{"age of the thing", "how old is the driver", "The driver crossed the 120-year-old bridge.", ""},
		{"weekday", "what day of the week was the port attacked", "The port was attacked on Monday, 4 March 2019.", "Monday, 4 March 2019"},
		{"no weekday", "what day of the week was the port attacked", "The port was attacked ten weeks before 4 March 2019.", ""},
		{"name at the start, another deed", "which hospital was the driver taken to", "St. Luke's Hospital was closed.", ""},
		{"yes or no", "did they demand a ransom", "They demanded a ransom of 4.5 million dollars.", ""},
		{"nothing", "when was it", "Nobody knows.", ""},
		{"empty", "when", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range Exact(p.Parse(tt.question), tt.sentence) {
				got = append(got, tt.sentence[s.Start:s.End])
			}
			if g := strings.Join(got, "|"); g != tt.want {
				t.Errorf("Exact(%q, %q) marks %q, want %q", tt.question, tt.sentence, g, tt.want)
			}
		})
	}
}
