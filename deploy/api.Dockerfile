# An API of a cluster; the silos make the films. Build from the root of the repository:
# docker build -f deploy/api.Dockerfile -t videogen-api .
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /src
COPY .editorconfig Directory.Build.props Directory.Packages.props ./
COPY VideoGen.ServiceDefaults VideoGen.ServiceDefaults
COPY VideoGen.Grains VideoGen.Grains
COPY VideoGen.Silo VideoGen.Silo
COPY VideoGen.Api VideoGen.Api
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish VideoGen.Api -c Release -a "$TARGETARCH" \
    -p:PublishReadyToRun=true -o /app --nologo

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o "$APP_UID" -g "$APP_UID" /data
WORKDIR /app
COPY --from=build /app .
ENV VideoGen__DataDirectory=/data \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["dotnet", "VideoGen.Api.dll"]
