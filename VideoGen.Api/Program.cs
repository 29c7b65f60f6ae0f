using VideoGen.Api.Authentication;
using VideoGen.Api.Characters;
using VideoGen.Api.Cluster;
using VideoGen.Api.Events;
using VideoGen.Api.Generations;
using VideoGen.Api.Health;
using VideoGen.Api.Hosting;
using VideoGen.Api.Mcp;
using VideoGen.Api.Media;
using VideoGen.Api.Models;
using VideoGen.Api.OpenAi;
using VideoGen.Api.OpenApi;
using VideoGen.Api.Storyboards;
using VideoGen.Api.Studio;
using VideoGen.Api.Uploads;
using VideoGen.Api.Webhooks;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Hosting;
using VideoGen.Silo.Operator;

if (args is [KeyCommands.Name, ..])
{
    return KeyCommands.Run(args);
}

if (args is [ModelsCommand.Name, ..])
{
    return await ModelsCommand.RunAsync(args[1..], Console.Out, Console.Error);
}

return await Launcher.RunAsync(args, Build, Usage.Text, Banner.For);

static WebApplication Build(string[] args)
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        ContentRootPath = AppContext.BaseDirectory,    // not the working directory
    });

    builder.AddQuietConsole();
    builder.ListenOnPort();
    builder.AddServiceDefaults();
    builder.AddCluster();            // Redis cluster client, or a co-hosted silo when no Redis is configured
    builder.AddApi();                // problem details, validation, JSON, OpenAPI, rate limits
    builder.AddStudio();

    var app = builder.Build();

    app.UseApi();
    app.MapDefaultEndpoints();
    app.MapOperatorPages();          // only with a token, and with a silo in this process
    app.MapHealth();
    app.MapUploads();
    app.MapGenerations();
    app.MapSteering();
    app.MapCharacters();
    app.MapLineage();
    app.MapStoryboardRoutes();
    app.MapModels();
    app.MapOpenAi();
    app.MapMcp();
    app.MapEvents();
    app.MapWebhooks();
    app.MapMedia();
    app.MapDocumentation();
    app.MapStudio();
    return app;
}
