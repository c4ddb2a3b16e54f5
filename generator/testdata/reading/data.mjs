// Reads the JSON-LD of pages and holds it against the vocabulary of schema.org.
//
//	node data.mjs NODE_MODULES PAGE...
//
// Prints what is wrong, a line each, and nothing when all is well. A thing of several types may have the properties of
// any of them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, ...pages] = process.argv.slice(2);
const require = createRequire(pathToFileURL(modules + '/'));
const jsonld = require('jsonld');
const { default: Validator } = await import(pathToFileURL(modules + '/@adobe/structured-data-validator/src/index.js'));

const quads = readFileSync(modules + '/@vocabulary/schema/schema.nq', 'utf8').replaceAll('http://schema.org/', 'https://schema.org/');
const graph = await jsonld.fromRDF(quads, { format: 'application/n-quads' });
const vocabulary = await jsonld.compact(graph, {
	schema: 'https://schema.org/', rdfs: 'http://www.w3.org/2000/01/rdf-schema#', rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
});
const validator = new Validator(vocabulary['@graph'] ? vocabulary : { '@graph': vocabulary });

let read = 0;
for (const page of pages) {
	const html = readFileSync(page, 'utf8');
	for (const [, text] of html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
		read++;
		const thing = JSON.parse(text);
		const types = [thing['@type']].flat();
		const issues = await validator.validate({ jsonld: { [types[0]]: [{ ...thing, '@location': '0,0' }] } });
		const times = new Map();
		for (const issue of issues) {
			const what = issue.issueMessage.replace(/ for type .*/, '') + ' ' + JSON.stringify(issue.path);
			times.set(what, (times.get(what) ?? 0) + 1);
		}
		for (const [what, n] of times) {
			if (n >= types.length) console.log(`${page}: ${what}`);
		}
	}
}
if (read === 0) console.log('no page has any JSON-LD');
