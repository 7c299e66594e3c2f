// Asks a SPARQL endpoint with a client library and prints what it understood, one JSON document.
import ParsingClient from 'sparql-http-client/ParsingClient.js'

const [endpoint, operation, query] = process.argv.slice(2)
const client = new ParsingClient({ endpointUrl: endpoint })
const shown = (term) => ({ type: term.termType, value: term.value, language: term.language, datatype: term.datatype?.value })

const found = {}
for (const way of ['get', 'postUrlencoded', 'postDirect']) {
  if (operation === 'ask') {
    found[way] = await client.query.ask(query, { operation: way })
  } else if (operation === 'select') {
    const rows = await client.query.select(query, { operation: way })
    found[way] = rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, shown(term)])))
  } else {
    const quads = await client.query.construct(query, { operation: way })
    found[way] = [...quads].map((quad) => [quad.subject.value, quad.predicate.value, quad.object.value]).sort()
  }
}
console.log(JSON.stringify(found))
