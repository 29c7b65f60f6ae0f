# A silo: it makes the films. Build from the root of the repository: docker build -f deploy/silo.Dockerfile -t videogen-silo .
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /src
COPY .editorconfig Directory.Build.props Directory.Packages.props ./
COPY VideoGen.ServiceDefaults VideoGen.ServiceDefaults
COPY VideoGen.Grains VideoGen.Grains
COPY VideoGen.Silo VideoGen.Silo
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish VideoGen.Silo -c Release -a "$TARGETARCH" \
    -p:PublishReadyToRun=true -o /app --nologo

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl ffmpeg \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o "$APP_UID" -g "$APP_UID" /data
WORKDIR /app
COPY --from=build /app .
ENV VideoGen__DataDirectory=/data \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
VOLUME /data
# Probes; 11111 is for the other silos, 30000 for the APIs.
EXPOSE 8080 11111 30000
ENTRYPOINT ["dotnet", "VideoGen.Silo.dll"]
