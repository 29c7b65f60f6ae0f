using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using VideoGen.AppHost.Supervision;
using VideoGen.Testing;

[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]

namespace VideoGen.AppHost.Tests;

/// <summary>What the AppHost describes, without starting it.</summary>
public sealed class ModelTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    [Fact]
    public async Task Three_silos_and_two_API_replicas_are_probed_and_started_again()
    {
        var builder = await Model.CreateAsync(_data, "--redis", "process");

        Assert.Equal((3, 2), (Replicas("silo"), Replicas("api")));
        foreach (var name in (string[])["silo", "api"])
        {
            var resource = builder.Resources.Single(resource => resource.Name == name);
            Assert.NotEmpty(resource.Annotations.OfType<HealthCheckAnnotation>());
            Assert.NotEmpty(resource.Annotations.OfType<SupervisedAnnotation>());
            Assert.Contains(
                resource.Annotations.OfType<ResourceCommandAnnotation>(), command => command.Name == KillCommand.Name);
        }

        int Replicas(string name) => builder.Resources.Single(resource => resource.Name == name)
            .Annotations.OfType<ReplicaAnnotation>().Single().Replicas;
    }

    [Fact]
    public async Task A_start_without_a_token_asks_for_nothing()
    {
        var builder = await Model.CreateAsync(_data, "--redis", "process", "--Parameters:hf-token=");

        var token = builder.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "hf-token");
        Assert.True(token.Secret);
        Assert.Equal("", await token.GetValueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_container_keeps_its_append_only_file_in_a_volume_of_the_data_directory()
    {
        using var other = new TemporaryDirectory();

        var first = await RedisContainerAsync(_data);
        var second = await RedisContainerAsync(other);

        Assert.NotEqual(Volume(first), Volume(second));
        Assert.Contains("--appendonly yes", await ArgumentsAsync(first), StringComparison.Ordinal);
        Assert.Contains("--requirepass", await ArgumentsAsync(first), StringComparison.Ordinal);

        static string? Volume(ContainerResource redis) => redis.Annotations.OfType<ContainerMountAnnotation>().Single().Source;

        static async Task<ContainerResource> RedisContainerAsync(TemporaryDirectory data) =>
            (await Model.CreateAsync(data, "--redis", "container")).Resources.OfType<ContainerResource>().Single();
    }

    [Theory]
    [InlineData(0, "ContainerResource")]
    [InlineData(1, "ExecutableResource")]
    public async Task Redis_is_a_container_only_where_an_engine_answers(int exitCode, string kind)
    {
        using var programs = new TemporaryDirectory();
        foreach (var engine in (string[])["docker", "podman"])
        {
            var program = Path.Combine(programs.Path, engine);
            await File.WriteAllTextAsync(program, $"#!/bin/sh\nexit {exitCode}\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $"{programs.Path}:{path}");
        try
        {
            var redis = (await Model.CreateAsync(_data)).Resources.Single(resource => resource.Name == "redis");
            Assert.Equal(kind, redis is ContainerResource ? nameof(ContainerResource) : redis.GetType().BaseType!.Name);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    [Fact]
    public async Task A_local_Redis_has_an_append_only_file_and_a_password_that_only_its_owner_reads()
    {
        var builder = await Model.CreateAsync(_data, "--redis", "process");

        var redis = builder.Resources.OfType<ExecutableResource>().Single(resource => resource.Name == "redis");
        var arguments = await ArgumentsAsync(redis);
        var password = await builder.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "redis-password")
            .GetValueAsync(CancellationToken.None);
        var settings = Path.Combine(_data.Path, "cluster", "redis", "redis.conf");
        Assert.Contains("--appendonly yes", arguments, StringComparison.Ordinal);
        Assert.DoesNotContain(password!, arguments, StringComparison.Ordinal);
        Assert.Contains($"requirepass {password}", await File.ReadAllTextAsync(settings), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(settings));
    }

    [Fact]
    public async Task An_existing_Redis_is_used_as_it_is_and_its_connection_string_is_a_secret()
    {
        var builder = await Model.CreateAsync(_data, "--redis", "redis.example:6379,password=s3cret");

        Assert.DoesNotContain(builder.Resources, resource => resource is ContainerResource || resource.Name == "redis-password");
        var secrets = builder.Resources.OfType<ParameterResource>().Where(parameter => parameter.Secret);
        Assert.Contains(secrets, secret => secret.Name == "redis-connection");
        Assert.Equal("Redis", (await builder.EnvironmentOf("silo"))["Orleans__Clustering__ProviderType"]);
    }

    [Fact]
    public async Task Settings_of_the_AppHost_reach_every_silo_and_API()
    {
        var builder = await Model.CreateAsync(_data, "--redis", "process", "--VideoGen:Inference:MaxConcurrent", "8");

        foreach (var name in (string[])["silo", "api"])
        {
            var environment = await builder.EnvironmentOf(name);
            Assert.Equal("8", environment["VideoGen__Inference__MaxConcurrent"]);
            Assert.Equal(Path.Combine(_data.Path, "cluster"), environment["VideoGen__DataDirectory"]);
        }
    }

    public void Dispose() => _data.Dispose();

    private static async Task<string> ArgumentsAsync(IResource resource)
    {
        List<object> arguments = [];
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            var context = new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run);
            await callback.Callback(new(arguments, CancellationToken.None) { ExecutionContext = context });
        }

        return string.Join(' ', arguments);
    }
}
