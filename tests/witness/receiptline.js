// Encodes texts with receiptline: JSON [[text, encoding], ...] on stdin, one line of hexadecimal bytes each on stdout.
const { transform } = require(process.argv[2]);

for (const [text, encoding] of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
    const job = transform(text + '|', { cpl: 48, encoding, command: 'escpos', spacing: false, cutting: false });
    console.log(Buffer.from(job, 'binary').toString('hex'));
}
