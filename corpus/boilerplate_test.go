package corpus

import "testing"

// TestBoilerplate: what a site puts around an article is left out, and a
// sentence that only begins or ends like it is not.
func TestBoilerplate(t *testing.T) {
	for s, want := range map[string]bool{
		"Ⓒ 2021 HARBOURTIMES.example All rights reserved.":                                true,
		"Do not reproduce without permission.":                                            true,
		"This material may not be published, broadcast or rewritten without permission.":  true,
		"No part of this site may be reproduced without the publisher's written consent.": true,
		"Unauthorised reproduction is prohibited.":                                        true,
		"Join the discussion": true,
		"Do not enter the hold without permission, the captain had told them.":                 false,
		"The crew may not be paid until the court gives permission to sell the ship, he said.": false,
		"This ship may not be moved":             false,
		"Reproduction of the chart took a week.": false,
	} {
		if got := isBoilerplate(s); got != want {
			t.Errorf("isBoilerplate(%q) = %v", s, got)
		}
	}
}
