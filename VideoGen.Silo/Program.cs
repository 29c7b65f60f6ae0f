using VideoGen.ServiceDefaults;
using VideoGen.Silo.Hosting;
using VideoGen.Silo.Operator;
using VideoGen.Silo.Redis;

if (args is [ModelsCommand.Name, ..])
{
    return await ModelsCommand.RunAsync(args[1..], Console.Out, Console.Error);
}

return await Launcher.RunAsync(args, Build, Usage.Text, _ => "  VideoGen.Silo has joined its cluster." + Environment.NewLine);

static WebApplication Build(string[] args)
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        ContentRootPath = AppContext.BaseDirectory,    // not the directory that it was started from
    });
    builder.AddQuietConsole();
    builder.AddServiceDefaults();
    builder.Services.AddRedis(builder.Configuration.GetConnectionString(RedisConnection.Key)
        ?? throw new StartupException("A silo needs the cluster's Redis. Set ConnectionStrings__redis to host:port."));
    builder.AddVideoGenSilo();

    var app = builder.Build();
    app.MapDefaultEndpoints();
    app.MapOperatorPages();          // only when a token is set
    return app;
}
