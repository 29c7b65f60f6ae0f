var builder = DistributedApplication.CreateBuilder(args);

builder.AddDockerComposeEnvironment("compose").WithDashboard();

// One directory for all processes: a relative one would mean another place in each of them.
var media = builder.ExecutionContext.IsPublishMode ? "/data" : Path.GetFullPath("../data/aspire", builder.AppHostDirectory);
var token = builder.AddParameter("hf-token", secret: true);

// Snapshots are enough for development; deploy/ has the append-only file that keeps every accepted generation.
var redis = builder.AddRedis("redis").WithDataVolume("videogen-redis").WithPersistence(TimeSpan.FromSeconds(10), 1);
var orleans = builder.AddOrleans("videogen")
    .WithClusterId("videogen")
    .WithServiceId("videogen")
    .WithClustering(redis)
    .WithGrainStorage("Default", redis)
    .WithReminders(redis);

var silo = builder.AddProject<Projects.VideoGen_Silo>("silo")
    .WithReference(orleans)
    .WithEnvironment("HF_TOKEN", token)
    .WithEnvironment("VideoGen__DataDirectory", media)
    .WithHttpHealthCheck("/ready")
    .WaitFor(redis)
    .WithReplicas(3)
    .PublishAsDockerFile(container => container.WithDockerfile("..", "deploy/silo.Dockerfile").WithVolume("videogen-media", "/data"))
    .PublishAsDockerComposeService((_, service) => service.Deploy = new() { Replicas = 3 });

builder.AddProject<Projects.VideoGen_Api>("api")
    .WithReference(orleans.AsClient())
    .WithEnvironment("VideoGen__DataDirectory", media)
    .WithHttpHealthCheck("/ready")
    .WithExternalHttpEndpoints()
    .PublishAsDockerFile(container => container.WithDockerfile("..", "deploy/api.Dockerfile").WithVolume("videogen-media", "/data"))
    .WaitFor(silo);

builder.Build().Run();
