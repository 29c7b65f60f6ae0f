var builder = DistributedApplication.CreateBuilder(args);

builder.AddDockerComposeEnvironment("compose").WithDashboard();

var token = builder.AddParameter("hf-token", secret: true);
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
    .WithHttpHealthCheck("/ready")
    .WaitFor(redis)
    .WithReplicas(3)
    .PublishAsDockerComposeService((_, service) => service.Deploy = new() { Replicas = 3 });

builder.AddProject<Projects.VideoGen_Api>("api")
    .WithReference(orleans.AsClient())
    .WithHttpHealthCheck("/ready")
    .WithExternalHttpEndpoints()
    .WaitFor(silo);

builder.Build().Run();
