// Reads citations as tools that take them do, and prints what they understood as CSL-JSON, one item a line.
//
//	node citations.mjs NODE_MODULES FILE.bib FILE.ris FILE.json
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(modules + '/'));
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-bibtex');
require('@citation-js/plugin-ris');
require('@citation-js/plugin-csl');

const forms = { bib: '@bibtex/text', ris: '@ris/file', json: '@csl/list+object' };
for (const file of files) {
	const form = file.split('.').pop();
	const text = readFileSync(file, 'utf8');
	const cite = new Cite(form === 'json' ? JSON.parse(text) : text, { forceType: forms[form], generateGraph: false });
	for (const item of cite.format('data', { format: 'object' })) console.log(JSON.stringify(item));
}
