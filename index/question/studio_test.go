package question

// studio is a second small corpus: a breach that people chat about, with
// persons of both sexes, films, companies and states.
const studio = `In November 2014 hackers broke into Sony Pictures and wiped its computers.
The studio's chief, Michael Lynton, said that Sony had lost 35 million dollars.
On 5 February 2015 Amy Pascal left her job at Sony, and Tom Rothman took her place.
The producer Scott Rudin called Angelina Jolie a spoiled brat, and Rudin later apologised for the leaked emails.
Amy Pascal was paid three million dollars a year, and Michael Lynton was paid three million dollars.
Investigators of the FBI blamed North Korea, which the government in Pyongyang denied, and so did Kim Jong Un.
In a note Kevin Mandia of the security firm Mandiant wrote that the attack was unprecedented, a threat like no other.
The hackers threatened the cinemas that would show The Interview, with Seth Rogen and James Franco.
In all The Interview earned 40 million dollars, and making The Interview cost 44 million dollars.
The films Annie and Fury leaked on pirate sites, and Quvenzhane Wallis stars in Annie.
Barack Obama said that Sony had made a mistake, and the White House announced sanctions.
According to Dell the malware Destover deleted files, and so had Shamoon in Saudi Arabia.
In Japan and in China the film was not shown, Sony said in Tokyo.
A fake threat against CNN came from a man in Tennessee, and CNN had shared it.
Jennifer Lawrence earned less than Christian Bale, the leaked emails show.
According to Kim Zetter of Wired the evidence was flimsy, and Norse suspected an insider.
WikiLeaks published 30,000 documents and 170,000 emails of Sony.
The film makers at Sony were told to use pen and paper.
Many talented employees of Sony sued, and lawyers of Sony admitted that passwords were not encrypted.
`
