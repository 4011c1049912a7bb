package rank

import term "dossier/index/text"

var (
	months     = term.Set(`january february march april may june july august september october november december`)
	days       = term.Set(`monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow century decade`)
	reasons    = term.Set(`because due since therefore thus reason caused cause result so prevent order hence owing led`)
	methods    = term.Set(`by through via with without`)
	particles  = term.Set(`of the de von van der la del bin al for`)
	currencies = term.Set(`dollars dollar euros euro pounds yen won yuan cents`)

	honorifics = term.Set(`mr mrs ms dr sir lord president king queen prince princess pope saint general
		captain senator governor professor chancellor emperor minister judge justice coach actor actress
		director author philosopher bishop duke chairman chief executive ceo spokesman spokeswoman secretary
		officer leader`)
	prepositions = term.Set(`in at near from to into around across throughout outside inside toward towards`)
	units        = term.Set(`year years day days month months hour hours minute minutes second seconds week weeks
		km kilometer kilometers kilometre kilometres mile miles feet foot ft meter meters metre metres m cm mm
		inch inches kg kilogram kilograms ton tons tonne tonnes acre acres hectare hectares square degree
		degrees people students members employees times yards points seats votes species decades centuries
		mph gallons barrels watts volts bytes kb mb gb tb megabytes gigabytes terabytes computers servers
		files emails documents films movies theaters cinemas screens copies passwords records accounts`)
	copula = term.Set(`is are was were means refers`)
	naming = term.Set(`called named termed known name names term nicknamed dubbed referred titled entitled`)
)
