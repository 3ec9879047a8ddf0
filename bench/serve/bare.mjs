// What a server of Node takes at the least: it reads each body, knows nothing of it, and writes the same answer.
import { createServer } from "node:http";

const answer = process.argv[2];
const head = ["content-type", "application/json", "content-length", String(Buffer.byteLength(answer))];
const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, (request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, head);
    response.end(answer);
  });
});
server.listen({ host: "127.0.0.1", port: 0, backlog: 4_096 }, () => console.log(`http://127.0.0.1:${server.address().port}`));
