# Paperboy in a container; docs/hosting.md says how to run it.
# Both stages are of one Debian, because better-sqlite3 is built for the first and runs in the second.

FROM node:20-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json tsconfig.build.json ./
# Dependencies are installed before the code comes, so that a change of the code does not install them again.
RUN npm pkg delete scripts.prepare && npm ci
COPY src ./src
COPY commands ./commands
RUN npm run --silent build && npm prune --omit=dev && npm cache clean --force

FROM node:20-bookworm-slim
ENV NODE_ENV=production \
    PAPERBOY_HTTP_HOST=0.0.0.0 \
    PAPERBOY_HTTP_PORT=8080
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY data/samples ./data/samples
COPY LICENSE ./

# The archive, the inbox folder and snapshots of the index; nothing else is written.
WORKDIR /var/lib/paperboy
RUN mkdir data && chown node:node data
VOLUME /var/lib/paperboy/data
USER node

EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PAPERBOY_HTTP_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/src/main.js"]
CMD ["start"]
