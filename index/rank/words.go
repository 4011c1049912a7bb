package rank

import "strings"

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	months     = set(`january february march april may june july august september october november december`)
	days       = set(`monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow century decade`)
	reasons    = set(`because due since therefore thus reason caused cause result so prevent order hence owing led`)
	methods    = set(`by through via with without`)
	particles  = set(`of the de von van der la del bin al for`)
	currencies = set(`dollars dollar euros euro pounds yen won yuan cents`)
	pronouns   = set(`he she it they his her hers him them their theirs its this these that those such`)

	honorifics = set(`mr mrs ms dr sir lord president king queen prince princess pope saint general
		captain senator governor professor chancellor emperor minister judge justice coach actor actress
		director author philosopher bishop duke chairman chief executive ceo spokesman spokeswoman secretary
		officer leader`)
	prepositions = set(`in at near from to into around across throughout outside inside toward towards`)
	units        = set(`year years day days month months hour hours minute minutes second seconds week weeks
		km kilometer kilometers kilometre kilometres mile miles feet foot ft meter meters metre metres m cm mm
		inch inches kg kilogram kilograms ton tons tonne tonnes acre acres hectare hectares square degree
		degrees people students members employees times yards points seats votes species decades centuries
		mph gallons barrels watts volts bytes kb mb gb tb megabytes gigabytes terabytes computers servers
		files emails documents films movies theaters cinemas screens copies passwords records accounts`)
	copula = set(`is are was were means refers`)
	naming = set(`called named termed known name names term nicknamed dubbed referred titled entitled`)
)
