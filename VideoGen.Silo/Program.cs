using VideoGen.ServiceDefaults;
using VideoGen.Silo.Hosting;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.Services.AddRedis(builder.Configuration.GetConnectionString(SiloComposition.RedisKey)
    ?? throw new StartupException("A silo needs the Redis of its cluster: set ConnectionStrings__redis to host:port."));
builder.AddVideoGenSilo();

var app = builder.Build();

app.MapDefaultEndpoints();
app.Run();
